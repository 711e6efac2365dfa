// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/feed_dates.h"

#include "feed_date_parts.h"

#include "chrona/base/ascii.h"

namespace chrona::formats {
namespace {

/// Also the capitals of Greek, Latin-1 and Latin Extended that begin names of days and months:
/// without an accent they lie 32 apart.
std::string lowered(std::string_view text)
{
    std::string out = asciiLowered(text);
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        const auto first = static_cast<unsigned char>(out[i]);
        const auto second = static_cast<unsigned char>(out[i + 1]);
        if (first == 0xce && second >= 0x91 && second <= 0x9f) // Α to Ο
            out[i + 1] = static_cast<char>(second + 0x20);
        else if (first == 0xce && second >= 0xa0 && second <= 0xa9) { // Π to Ω
            out[i] = static_cast<char>(0xcf);
            out[i + 1] = static_cast<char>(second - 0x20);
        } else if (first == 0xc3 && second >= 0x80 && second <= 0x9e) // À to Þ
            out[i + 1] = static_cast<char>(second + 0x20);
    }
    return out;
}

} // namespace

Result<Instant> parseFeedDate(std::string_view text)
{
    constexpr std::size_t kBytesMax = 100;
    text = trimmed(text);
    if (text.empty() || text.size() > kBytesMax)
        return fail(ErrorCode::InvalidInput, "no date is written like this");
    const std::string plain = lowered(text);
    for (const auto read : {readIsoDate, readKoreanDate, readWordyDate})
        if (const auto parts = read(plain)) {
            if (const auto instant = instantFrom(*parts))
                return *instant;
            return fail(ErrorCode::InvalidInput, "there is no such day or time");
        }
    return fail(ErrorCode::InvalidInput, "no date is written like this");
}

} // namespace chrona::formats
