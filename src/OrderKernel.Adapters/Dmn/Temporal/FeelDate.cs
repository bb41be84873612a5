using System;

namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>A date of the proleptic Gregorian calendar with astronomical years, -999999999 to 999999999.</summary>
internal readonly record struct FeelDate(int Year, int Month, int Day) : IComparable<FeelDate>
{
    public const int MaxYear = 999_999_999;

    /// <summary>Days since 1970-01-01.</summary>
    public decimal DayNumber => Days(Year, Month, Day);

    /// <summary>1 = Monday to 7 = Sunday.</summary>
    public int Weekday => (int)((((Days(Year, Month, Day) + 3) % 7) + 7) % 7) + 1;

    public int DayOfYear => (int)(Days(Year, Month, Day) - Days(Year, 1, 1)) + 1;

    /// <summary>The ISO 8601 week.</summary>
    public int Week
    {
        get
        {
            int week = (DayOfYear - Weekday + 10) / 7;
            return week < 1 ? WeeksIn(Year - 1) : week > WeeksIn(Year) ? 1 : week;
        }
    }

    public static bool IsValid(long year, int month, int day) =>
        year is >= -MaxYear and <= MaxYear && month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month);

    public static int DaysIn(long year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    public static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    /// <summary>The date this many days after 1970-01-01; null outside the years.</summary>
    public static FeelDate? FromDayNumber(decimal days)
    {
        if (days is < -366_000_000_000m or > 366_000_000_000m)
        {
            return null;
        }

        long z = (long)days + 719_468;
        long era = (z >= 0 ? z : z - 146_096) / 146_097;
        long dayOfEra = z - (era * 146_097);
        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long shifted = ((5 * dayOfYear) + 2) / 153;
        int day = (int)(dayOfYear - (((153 * shifted) + 2) / 5)) + 1;
        int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        long year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);
        return IsValid(year, month, day) ? new FeelDate((int)year, month, day) : null;
    }

    /// <summary>Adds months; the day is cut to the length of the month reached.</summary>
    public FeelDate? PlusMonths(long months)
    {
        decimal total = (Year * 12m) + (Month - 1) + months;
        decimal year = Math.Floor(total / 12m);
        if (year is < -MaxYear or > MaxYear)
        {
            return null;
        }

        int month = (int)(total - (year * 12m)) + 1;
        return new FeelDate((int)year, month, Math.Min(Day, DaysIn((long)year, month)));
    }

    public int CompareTo(FeelDate other) =>
        Year != other.Year ? Year.CompareTo(other.Year)
        : Month != other.Month ? Month.CompareTo(other.Month)
        : Day.CompareTo(other.Day);

    public override string ToString()
    {
        string year = Math.Abs(Year).ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{(Year < 0 ? "-" : string.Empty)}{year}-{Month:00}-{Day:00}");
    }

    private static int WeeksIn(int year)
    {
        int first = new FeelDate(year, 1, 1).Weekday;
        return first == 4 || (first == 3 && IsLeap(year)) ? 53 : 52;
    }

    private static long Days(long year, int month, int day)
    {
        long y = month <= 2 ? year - 1 : year;
        long era = (y >= 0 ? y : y - 399) / 400;
        long yearOfEra = y - (era * 400);
        long dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
