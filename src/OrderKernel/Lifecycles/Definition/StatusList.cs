using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>A list of states as people keep it in a spreadsheet, read as a lifecycle: state, trigger, automatic action,
/// owner.</summary>
/// <remarks>
/// <para>Shape: the first row heads the columns, in either language: 状态/state, 触发条件/trigger, 自动动作/automatic action, 责任人/owner;
/// optional 上一状态/from (several parted by 、 or ;), 阶段/stage, 编码/code. Without "from", each state follows the one above it. The
/// first
/// row is where it begins, the last where it ends.</para>
/// <para>A trigger that is the name of a kernel command becomes that command; any other is declared as a signal. Automatic
/// actions are
/// announced. Names in one language only stand in for the other, with a warning.</para>
/// </remarks>
public static class StatusList
{
    private static readonly string[][] Heads =
    {
        new[] { "状态", "state" }, new[] { "触发条件", "trigger" }, new[] { "自动动作", "automatic action" }, new[] { "责任人", "owner" },
        new[] { "上一状态", "from" }, new[] { "阶段", "stage" }, new[] { "编码", "code" },
    };

    /// <summary>Reads the rows of a list and analyses what they say.</summary>
    /// <param name="id">The id of the lifecycle.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    /// <param name="rows">The rows, cells as text, the heads first.</param>
    /// <returns>The definition, or null with every finding.</returns>
    public static LifecycleReading Import(string id, string english, string chinese, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows is null)
        {
            throw new ArgumentNullException(nameof(rows));
        }

        var findings = new List<Finding>();
        int[] columns = Columns(rows.Count == 0 ? Array.Empty<string>() : rows[0], findings);
        var list = new List<Row>();
        for (int i = 1; i < rows.Count && findings.Count == 0; i++)
        {
            string[] cells = Array.ConvertAll(columns, at => at >= 0 && at < rows[i].Count ? (rows[i][at] ?? string.Empty)
                .Trim() : "");
            if (Array.Exists(cells, static cell => cell.Length > 0))
            {
                list.Add(new Row(i + 1, cells));
            }
        }

        foreach (Row row in list)
        {
            CheckCells(row, list, findings);
        }

        if (findings.Count > 0)
        {
            return new LifecycleReading(null, findings.ToImmutableArray());
        }

        var draft = new Draft(new LifecycleBuilder(id, english, chinese), list, findings);
        LifecycleReading reading = draft.Build();
        return new LifecycleReading(reading.Definition, findings.ToImmutableArray().AddRange(reading.Findings));
    }

    private static int[] Columns(IReadOnlyList<string> head, List<Finding> findings)
    {
        var columns = new int[Heads.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = -1;
            for (int at = 0; at < head.Count && columns[i] < 0; at++)
            {
                string cell = (head[at] ?? string.Empty).Trim().ToLowerInvariant();
                columns[i] = Array.IndexOf(Heads[i], cell) >= 0 ? at : -1;
            }

            if (columns[i] < 0 && i < 4)
            {
                findings.Add(LifecycleFindings.ColumnMissing.About("row 1", Heads[i][1], Heads[i][1], string.Join(", ",
                    Heads[i])));
            }
        }

        return columns;
    }

    // The first state needs no trigger: orders begin there. The last needs no owner: nothing is left to do.
    private static void CheckCells(Row row, List<Row> list, List<Finding> findings)
    {
        bool first = row.Number == list[0].Number, last = row.Number == list[list.Count - 1].Number;
        foreach (int column in new[] { 0, first ? 0 : 1, last ? 0 : 3 })
        {
            if (row.Cells[column].Length == 0)
            {
                string number = row.Number.ToString(CultureInfo.InvariantCulture);
                Finding finding = LifecycleFindings.CellEmpty.About("row " + number, Heads[column][1], number, Heads[column][1]);
                findings.AddRange(findings.Contains(finding) ? Array.Empty<Finding>() : new[] { finding });
            }
        }
    }

    private readonly record struct Row(int Number, string[] Cells)
    {
        public string State => Cells[0];
        public string Trigger => Cells[1];
        public string Action => Cells[2];
        public string Owner => Cells[3];
        public string From => Cells[4];
        public string Stage => Cells[5];
        public string Code => Cells[6];
    }

    /// <summary>The lifecycle being made of the rows; texts get codes in the order in which they first stand in the
    /// list.</summary>
    private sealed class Draft
    {
        private static readonly char[] Between = { '；', ';', '、', '\n' };
        private readonly LifecycleBuilder builder;
        private readonly List<Row> rows;
        private readonly List<Finding> findings;
        private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);

        public Draft(LifecycleBuilder builder, List<Row> rows, List<Finding> findings)
        {
            this.builder = builder;
            this.rows = rows;
            this.findings = findings;
        }

        public LifecycleReading Build()
        {
            for (int i = 0; i < rows.Count; i++)
            {
                codes["state:" + rows[i].State] = rows[i].Code.Length > 0 ? rows[i].Code : "state_" + Digits(i + 1);
            }

            for (int i = 0; i < rows.Count; i++)
            {
                AddState(rows[i], i);
                if (i > 0)
                {
                    AddWays(rows[i], rows[i - 1]);
                }
            }

            return builder.Build();
        }

        private void AddState(Row row, int at)
        {
            string owner = row.Owner.Length == 0 ? string.Empty
                : CodeOf("role", row.Owner, (code, english, chinese) => builder.Role(code, english, chinese));
            (string en, string zh) = Names(row.State, "State", row.Number);
            builder.State(codes["state:" + row.State], en, zh, LifecycleRegion.Commercial, StageOf(row, at), owner);
            builder.At(200 * (at % 6), 150 * (at / 6));
            _ = at == 0 ? builder.Initial() : at == rows.Count - 1 ? builder.Final() : builder;
        }

        private LifecycleStage StageOf(Row row, int at)
        {
            for (int i = 0; i < LifecycleWords.Stages.Length; i++)
            {
                Term stage = LifecycleWords.Stages[i];
                if (row.Stage.Length > 0 && (row.Stage == stage.Chinese
                    || string.Equals(row.Stage, LifecycleWords.Word(stage), StringComparison.OrdinalIgnoreCase)))
                {
                    return (LifecycleStage)i;
                }
            }

            return at == 0 ? LifecycleStage.Intake : at == rows.Count - 1 ? LifecycleStage.Completed : LifecycleStage.Review;
        }

        private void AddWays(Row row, Row above)
        {
            string[] froms = row.From.Length == 0 ? new[] { above.State } : row.From.Split(Between,
                StringSplitOptions.RemoveEmptyEntries);
            var effects = new List<string>();
            foreach (string action in row.Action.Split(Between, StringSplitOptions.RemoveEmptyEntries))
            {
                effects.Add("announce " + CodeOf(
                    "action", action.Trim(), (code, english, chinese) => builder.Action(code, english, chinese)));
            }

            foreach (string from in froms)
            {
                string code = codes.TryGetValue("state:" + from.Trim(), out string? known) ? known : from.Trim();
                builder.Way(code, TriggerOf(row), codes["state:" + row.State]).Does(effects.ToArray());
            }
        }

        private string TriggerOf(Row row)
        {
            foreach (Term term in LifecycleWords.Triggers)
            {
                if (row.Trigger == term.Chinese || string.Equals(row.Trigger, term.English, StringComparison.OrdinalIgnoreCase)
                    || row.Trigger == LifecycleWords.Word(term))
                {
                    return LifecycleWords.Word(term);
                }
            }

            return CodeOf("signal", row.Trigger, (code, english, chinese) =>
            {
                findings.Add(LifecycleFindings.SignalDeclared.About("row " + Digits(row.Number), "trigger", row.Trigger, code));
                return builder.Signal(code, english, chinese);
            });
        }

        private string CodeOf(string list, string text, Func<string, string, string, LifecycleBuilder> declare)
        {
            string key = list + ":" + text;
            if (!codes.TryGetValue(key, out string? code))
            {
                int count = 1;
                foreach (string known in codes.Keys)
                {
                    count += known.StartsWith(list + ":", StringComparison.Ordinal) ? 1 : 0;
                }

                code = list + "_" + Digits(count);
                codes.Add(key, code);
                string word = char.ToUpperInvariant(list[0]) + list.Substring(1);
                (string en, string zh) = Names(text, word, 0);
                declare(code, en, zh);
            }

            return code;
        }

        // A Chinese list names things in Chinese only; what stands for the English is the Chinese text itself, and the reverse.
        private (string English, string Chinese) Names(string text, string word, int row)
        {
            bool chinese = !BusinessName.Faults("x", text, string.Empty).Contains(BusinessName.NotChinese.About(string.Empty,
                "zh", text));
            string place = row == 0 ? word : "row " + Digits(row);
            findings.Add(LifecycleFindings.NameUntranslated.About(place, chinese ? "en" : "zh", text));
            return chinese ? (text, text) : (text, "“" + text + "”（未翻译）");
        }

        private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
