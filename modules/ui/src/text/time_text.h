// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <QDateTime>
#include <QString>
#include <QVariant>

namespace chrona::ui {

/// The one switch for all times on the screen, shown in the status bar.
enum class TimeZoneChoice : std::uint8_t { Utc, Local };

/// How moments, ages, spans and counts are written. A value; views copy it.
struct TimeText {
    TimeZoneChoice zone = TimeZoneChoice::Utc;

    [[nodiscard]] QDateTime dateTime(Instant instant) const;
    [[nodiscard]] QString zoneName() const;                ///< "UTC", "CET"
    [[nodiscard]] QString minute(Instant instant) const;   ///< "2026-11-21 09:30"
    [[nodiscard]] QString second(Instant instant) const;   ///< "2026-11-21 09:30:05"
    [[nodiscard]] QString date(Instant instant) const;     ///< "2026-11-21"
    [[nodiscard]] QString clock(Instant instant) const;    ///< "09:30"
};

/// "now", "3 m", "5 h", "12 d", "4 y": of a time that is past.
[[nodiscard]] QString ageText(Duration age);
/// The same in a sentence: "just now", "3 m ago", and "in 5 h" of a time that is to come.
[[nodiscard]] QString agoText(Duration age);
/// "14 d", "6 h", "2 y 3 mo": of a span.
[[nodiscard]] QString spanText(Duration span);
/// "1,204" in the user's language.
[[nodiscard]] QString countText(qint64 count);
/// "1,204 of 250,310", or "250,310" when nothing is left out.
[[nodiscard]] QString countOfText(qint64 shown, qint64 total);
/// "1.2 M", "250 k": where there is little room.
[[nodiscard]] QString shortCountText(qint64 count);
/// "+1.24 %", "−0.30 %": always with a sign.
[[nodiscard]] QString percentChangeText(double share);

[[nodiscard]] Instant nowInstant();
/// Of the QDateTime that a model gives.
[[nodiscard]] inline Instant instantOf(const QVariant &dateTime)
{
    return Instant(std::chrono::milliseconds(dateTime.toDateTime().toMSecsSinceEpoch()));
}
[[nodiscard]] inline Instant instantFromMicros(std::int64_t micros)
{
    return Instant(Duration(micros));
}

} // namespace chrona::ui
