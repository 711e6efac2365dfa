// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/time_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

struct TimeWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::TimeText)
};

} // namespace

QDateTime TimeText::dateTime(Instant instant) const
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(instant);
    const QTimeZone wanted =
        zone == TimeZoneChoice::Utc ? QTimeZone(QTimeZone::UTC) : QTimeZone::systemTimeZone();
    return QDateTime::fromMSecsSinceEpoch(milliseconds.time_since_epoch().count(), wanted);
}

QString TimeText::zoneName() const
{
    return zone == TimeZoneChoice::Utc ? u"UTC"_s
                                       : QDateTime::currentDateTime().timeZoneAbbreviation();
}

QString TimeText::minute(Instant instant) const
{
    return dateTime(instant).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString TimeText::second(Instant instant) const
{
    return dateTime(instant).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString TimeText::date(Instant instant) const
{
    return dateTime(instant).toString(u"yyyy-MM-dd"_s);
}

QString TimeText::clock(Instant instant) const
{
    return dateTime(instant).toString(u"HH:mm"_s);
}

QString ageText(Duration age)
{
    if (age < 1min)
        return TimeWords::tr("now");
    return spanText(age);
}

QString agoText(Duration age)
{
    if (age >= 1min)
        return TimeWords::tr("%1 ago").arg(spanText(age));
    return age > -1min ? TimeWords::tr("just now") : TimeWords::tr("in %1").arg(spanText(-age));
}

QString spanText(Duration span)
{
    const auto whole = [span](Duration unit) { return span / unit; };
    if (span < 1min)
        return TimeWords::tr("%1 s").arg(whole(1s));
    if (span < 1h)
        return TimeWords::tr("%1 m").arg(whole(1min));
    if (span < 48h)
        return TimeWords::tr("%1 h").arg(whole(1h));
    if (span < 24h * 730)
        return TimeWords::tr("%1 d").arg(whole(24h));
    const double years = static_cast<double>(span / 1h) / 8766;
    return TimeWords::tr("%1 y").arg(QLocale().toString(years, 'f', 1));
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString countOfText(qint64 shown, qint64 total)
{
    return shown == total ? countText(total)
                          : TimeWords::tr("%1 of %2").arg(countText(shown), countText(total));
}

QString shortCountText(qint64 count)
{
    if (count < 10'000)
        return countText(count);
    if (count < 1'000'000)
        return TimeWords::tr("%1 k").arg(count / 1000);
    return TimeWords::tr("%1 M").arg(QLocale().toString(static_cast<double>(count) / 1e6, 'f', 1));
}

QString percentChangeText(double share)
{
    if (!std::isfinite(share))
        return u"–"_s;
    const QString digits = QLocale().toString(std::abs(share) * 100, 'f', 2);
    return (share < 0 ? u"−"_s : u"+"_s) + digits + u" %"_s;
}

Instant nowInstant()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

} // namespace chrona::ui
