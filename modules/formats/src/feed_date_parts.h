// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <optional>
#include <string_view>

namespace chrona::formats {

/// A date as it was read, not judged yet.
struct DateParts {
    int year = 0;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int microsecond = 0;
    int offsetSeconds = 0; ///< east of Greenwich
};

/// Digits taken off the front of a text.
struct Digits {
    int value = 0;
    std::size_t count = 0;
};
/// At most 9 are read, so that the value fits.
[[nodiscard]] Digits takeDigits(std::string_view &text);
[[nodiscard]] bool takeChar(std::string_view &text, char c);

/// nullopt for a date that never was.
[[nodiscard]] std::optional<Instant> instantFrom(const DateParts &parts);
[[nodiscard]] int fullYear(int twoDigits);

/// "19:48:21.5", "1948", "24:00"; what follows stays in `text`.
[[nodiscard]] bool takeTime(std::string_view &text, DateParts &parts);
/// "Z", "+02:00", "-0800", "+2", "gmt-01:01", "est"; the whole text. Lower case.
[[nodiscard]] std::optional<int> zoneOffsetSeconds(std::string_view zone);
/// 1 to 12 by a name in English, Greek or Hungarian; 0 for none. Lower case.
[[nodiscard]] int monthNumber(std::string_view name);
[[nodiscard]] bool isWeekday(std::string_view name);

/// The families of forms; each takes the whole text, trimmed and in lower case.
[[nodiscard]] std::optional<DateParts> readIsoDate(std::string_view text);
[[nodiscard]] std::optional<DateParts> readWordyDate(std::string_view text);
[[nodiscard]] std::optional<DateParts> readKoreanDate(std::string_view text);

} // namespace chrona::formats
