#include "text/valuetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(ValueText)
};

constexpr std::size_t dmtfSize = 25; ///< of a timestamp and of an interval. DSP0004, 5.2.4

/// Reads a text from its front. Once something did not fit, `ok` stays false.
struct Scanner
{
    std::string_view rest;
    bool ok = true;

    bool take(char c)
    {
        if (rest.empty() || rest.front() != c)
            return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = take(c) && ok; }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }

    /// Exactly `count` digits; with `wildcards` a run of asterisks is 0.
    int digits(std::size_t count, bool wildcards = false)
    {
        if (rest.size() < count) {
            ok = false;
            return 0;
        }
        const std::string_view part = rest.substr(0, count);
        rest.remove_prefix(count);
        if (wildcards && part.find_first_not_of('*') == std::string_view::npos)
            return 0;
        int value = 0;
        for (const char c : part) {
            ok = ok && isDigit(c);
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /// A fraction's digits as thousandths, cut, not rounded. With `wildcards` asterisks are 0.
    int thousandths(bool wildcards = false)
    {
        int value = 0;
        int count = 0;
        while (!rest.empty() && (isDigit(rest.front()) || (wildcards && rest.front() == '*'))) {
            if (count < 3)
                value = value * 10 + (isDigit(rest.front()) ? rest.front() - '0' : 0);
            ++count;
            rest.remove_prefix(1);
        }
        ok = ok && count > 0;
        for (; count < 3; ++count)
            value *= 10;
        return value;
    }
};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// 24:00:00 is the end of the day (XML Schema part 2, 3.2.7).
QDateTime assembled(QDate date, int hour, int minute, int second, int msec,
                    std::optional<int> offsetSeconds)
{
    if (hour == 24 && minute == 0 && second == 0 && msec == 0) {
        date = date.addDays(1);
        hour = 0;
    }
    const QTime time(hour, minute, second, msec);
    if (!date.isValid() || !time.isValid())
        return {};
    if (!offsetSeconds)
        return QDateTime(date, time, Qt::LocalTime);
    if (*offsetSeconds == 0)
        return QDateTime(date, time, Qt::UTC);
    return QDateTime(date, time, Qt::OffsetFromUTC, *offsetSeconds);
}

QDateTime parseXsDateTime(std::string_view text)
{
    Scanner in{text};
    const int year = in.digits(4);
    in.expect('-');
    const int month = in.digits(2);
    in.expect('-');
    const int day = in.digits(2);
    in.expect('T');
    const int hour = in.digits(2);
    in.expect(':');
    const int minute = in.digits(2);
    in.expect(':');
    const int second = in.digits(2);
    const int msec = in.take('.') ? in.thousandths() : 0;
    std::optional<int> offset;
    if (in.take('Z')) {
        offset = 0;
    } else if (!in.rest.empty()) {
        const bool west = in.take('-');
        if (!west)
            in.expect('+');
        const int hours = in.digits(2);
        in.expect(':');
        const int minutes = in.digits(2);
        in.ok = in.ok && (hours < 14 || (hours == 14 && minutes == 0)) && minutes < 60;
        offset = (hours * 60 + minutes) * (west ? -60 : 60);
    }
    if (!in.ok || !in.rest.empty())
        return {};
    return assembled(QDate(year, month, day), hour, minute, second, msec, offset);
}

/// yyyymmddHHMMSS.mmmmmmsUUU; the offset counts minutes.
QDateTime parseDmtfDateTime(std::string_view text)
{
    Scanner in{text};
    const int year = in.digits(4);
    const int month = in.digits(2);
    const int day = in.digits(2);
    const int hour = in.digits(2, true);
    const int minute = in.digits(2, true);
    const int second = in.digits(2, true);
    in.expect('.');
    const std::size_t before = in.rest.size();
    const int msec = in.thousandths(true);
    in.ok = in.ok && before - in.rest.size() == 6;
    const bool west = in.take('-');
    if (!west)
        in.expect('+');
    std::optional<int> offset;
    if (in.rest != "***")
        offset = in.digits(3) * (west ? -60 : 60);
    // The largest offset in use is 14 hours; QDateTime takes no more.
    if (!in.ok || std::abs(offset.value_or(0)) > 14 * 3600)
        return {};
    return assembled(QDate(year, month, day), hour, minute, second, msec, offset);
}

struct Duration
{
    bool negative = false;
    qint64 years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0;
    int msec = 0;
};

/// ddddddddHHMMSS.mmmmmm:000
std::optional<Duration> parseDmtfInterval(std::string_view text)
{
    Scanner in{text};
    Duration duration;
    duration.days = in.digits(8);
    duration.hours = in.digits(2, true);
    duration.minutes = in.digits(2, true);
    duration.seconds = in.digits(2, true);
    in.expect('.');
    duration.msec = in.thousandths(true);
    in.expect(':');
    in.ok = in.ok && in.rest == "000" && duration.hours < 24 && duration.minutes < 60
        && duration.seconds < 60;
    return in.ok ? std::optional(duration) : std::nullopt;
}

/// One "12H" of a duration into its member. `order` only grows: the units have an order.
bool takeUnit(Scanner &in, bool timePart, Duration &duration, int &order)
{
    qint64 value = 0;
    std::size_t length = 0;
    while (length < in.rest.size() && Scanner::isDigit(in.rest[length])) {
        if (length == 9)
            return false; // no host means a billion of anything
        value = value * 10 + (in.rest[length++] - '0');
    }
    in.rest.remove_prefix(length);
    const bool fraction = length > 0 && timePart && in.take('.');
    const int msec = fraction ? in.thousandths() : 0;
    const std::string_view units = timePart ? "HMS" : "YMD";
    const auto unit = in.rest.empty() ? std::string_view::npos : units.find(in.rest.front());
    const int place = int(unit) + (timePart ? 3 : 0);
    if (length == 0 || !in.ok || unit == std::string_view::npos || place <= order
        || (fraction && place != 5))
        return false;
    in.rest.remove_prefix(1);
    order = place;
    qint64 *const members[]{&duration.years, &duration.months,  &duration.days,
                            &duration.hours, &duration.minutes, &duration.seconds};
    *members[place] = value;
    duration.msec = msec;
    return true;
}

std::optional<Duration> parseXsDuration(std::string_view text)
{
    Scanner in{text};
    Duration duration;
    duration.negative = in.take('-');
    in.expect('P');
    int order = -1;
    bool timePart = false;
    bool any = false;
    while (in.ok && !in.rest.empty()) {
        if (!timePart && in.take('T')) {
            timePart = true;
            any = false;
        }
        if (!takeUnit(in, timePart, duration, order))
            return std::nullopt;
        any = true;
    }
    return in.ok && any ? std::optional(duration) : std::nullopt;
}

QString secondsText(const Duration &duration)
{
    QString number = QLocale().toString(duration.seconds);
    if (duration.msec != 0)
        number = QLocale().toString(double(duration.seconds) + duration.msec / 1000.0, 'g', 12);
    return Words::tr("%1 s", "seconds").arg(number);
}

QString shown(const Duration &duration)
{
    const QLocale locale;
    QStringList parts;
    if (duration.years != 0)
        parts.append(Words::tr("%1 y", "years").arg(locale.toString(duration.years)));
    if (duration.months != 0)
        parts.append(Words::tr("%1 mo", "months").arg(locale.toString(duration.months)));
    if (duration.days != 0)
        parts.append(Words::tr("%1 d", "days").arg(locale.toString(duration.days)));
    if (duration.hours != 0)
        parts.append(Words::tr("%1 h", "hours").arg(locale.toString(duration.hours)));
    if (duration.minutes != 0)
        parts.append(Words::tr("%1 min", "minutes").arg(locale.toString(duration.minutes)));
    if (duration.seconds != 0 || duration.msec != 0 || parts.isEmpty())
        parts.append(secondsText(duration));
    const QString text = parts.join(u' ');
    return duration.negative ? locale.negativeSign() + text : text;
}

QString dateAndTime(const QDateTime &time)
{
    return QLocale().toString(time, u"d MMM yyyy HH:mm:ss"_s);
}

} // namespace

QDateTime parseCimDateTime(std::string_view text)
{
    const std::string_view value = trimmed(text);
    if (value.size() == dmtfSize && value[14] == '.' && value[4] != '-')
        return parseDmtfDateTime(value);
    return parseXsDateTime(value);
}

QString localDateText(const QDateTime &time)
{
    return time.isValid() ? dateAndTime(time.toLocalTime()) : QString();
}

QString hostDateText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    if (time.timeSpec() == Qt::LocalTime)
        return dateAndTime(time);
    const int minutes = std::abs(time.offsetFromUtc()) / 60;
    const QString offset = u"%1%2:%3"_s.arg(QChar(time.offsetFromUtc() < 0 ? u'-' : u'+'))
                               .arg(minutes / 60, 2, 10, QChar(u'0'))
                               .arg(minutes % 60, 2, 10, QChar(u'0'));
    return dateAndTime(time) + u' ' + offset;
}

QString durationText(std::string_view text)
{
    const std::string_view value = trimmed(text);
    const bool dmtf = value.size() == dmtfSize && value[21] == ':';
    const std::optional<Duration> duration = dmtf ? parseDmtfInterval(value)
                                                  : parseXsDuration(value);
    return duration ? shown(*duration) : QString();
}
