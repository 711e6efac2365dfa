// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// English for templates: plural and number forms in one place.
namespace chrona::briefing {

/// "1 event", "1,204 events".
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);
[[nodiscard]] std::string grouped(std::size_t count);  ///< "1,204"
[[nodiscard]] std::string ordinal(int number);         ///< "third", "21st"
[[nodiscard]] std::string percentile(double share);    ///< "98th percentile", of 0.98
[[nodiscard]] std::string spokenDate(Date day);        ///< "15 September 2008"
[[nodiscard]] std::string spokenWeekday(Date day);     ///< "Monday"
[[nodiscard]] std::string spokenTime(Instant instant); ///< "15 September 2008, 14:05 UTC"
/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string joined(const std::vector<std::string> &parts);
/// "3.4 σ", with a sign where asked by a leading '+' or true minus.
[[nodiscard]] std::string sigmas(double value);
[[nodiscard]] std::string withDecimals(double value, int decimals);
/// The first letter in upper case; ASCII.
[[nodiscard]] std::string capitalised(std::string text);
/// How a statement of what has not ended begins, and its key.
inline constexpr std::string_view kStillOpen = "Still open: ";
inline constexpr std::string_view kOpenKey = "open:";
/// A source's text, fit to stand in a sentence.
[[nodiscard]] inline std::string quotedLine(std::string_view text, std::size_t bytesMax = 240)
{
    return schema::plainLine(text, bytesMax);
}

} // namespace chrona::briefing
