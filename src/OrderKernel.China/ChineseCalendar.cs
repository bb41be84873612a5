using OrderKernel.Calendars;

namespace OrderKernel.China;

/// <summary>The working calendar of mainland China: the notices of 2024 to 2026 with their make-up days, and lunar festivals.</summary>
/// <remarks>
/// <para>A year without a notice is unknown. A host loads the notice of a later year with
/// <see cref="HolidayNotice"/>.</para>
/// <para>Source: the yearly notices of the State Council on holiday arrangements; Spring Festival and lunar dates by the
/// Chinese lunisolar calendar (GB/T 33661-2017).</para>
/// </remarks>
public static class ChineseCalendar
{
    /// <summary>The code of the Spring Festival, the first day of the lunar year.</summary>
    public const string SpringFestival = "spring_festival";

    /// <summary>The code of Duanwu, the dragon boat festival.</summary>
    public const string DragonBoat = "dragon_boat";

    /// <summary>The code of the Mid-Autumn festival.</summary>
    public const string MidAutumn = "mid_autumn";

    private const string Notices = """
        {
          "id": "cn",
          "en": "China, statutory", "zh": "中国法定工作日历",
          "zone": "+08:00",
          "years": [
            {
              "year": 2024,
              "off": ["2024-01-01", "2024-02-10/2024-02-17", "2024-04-04/2024-04-06", "2024-05-01/2024-05-05", "2024-06-10",
                      "2024-09-15/2024-09-17", "2024-10-01/2024-10-07"],
              "make_up": ["2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12"]
            },
            {
              "year": 2025,
              "off": ["2025-01-01", "2025-01-28/2025-02-04", "2025-04-04/2025-04-06", "2025-05-01/2025-05-05",
                      "2025-05-31/2025-06-02", "2025-10-01/2025-10-08"],
              "make_up": ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]
            },
            {
              "year": 2026,
              "off": ["2026-01-01/2026-01-03", "2026-02-15/2026-02-23", "2026-04-04/2026-04-06", "2026-05-01/2026-05-05",
                      "2026-06-19/2026-06-21", "2026-09-25/2026-09-27", "2026-10-01/2026-10-07"],
              "make_up": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
            }
          ],
          "festivals": [
            {
              "code": "spring_festival",
              "en": "Spring Festival", "zh": "春节",
              "dates": ["2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"]
            },
            {
              "code": "dragon_boat",
              "en": "Dragon Boat Festival", "zh": "端午节",
              "dates": ["2024-06-10", "2025-05-31", "2026-06-19"]
            },
            {
              "code": "mid_autumn",
              "en": "Mid-Autumn Festival", "zh": "中秋节",
              "dates": ["2024-09-17", "2025-10-06", "2026-09-25"]
            }
          ]
        }
        """;

    /// <summary>The calendar: a fixed +08:00, Monday to Friday, no cut-off.</summary>
    public static WorkingCalendar Working { get; } = WorkingCalendar.Read(Notices).OrThrow();
}
