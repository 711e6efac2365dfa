// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filing.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::edgar {
namespace {

constexpr std::size_t kMasterBytesMax = 256 << 20;
constexpr std::size_t kLineBytesMax = 4096;

/// Names of companies are Latin-1 in older files.
std::string utf8From(std::string_view line)
{
    if (!schema::firstInvalidUtf8(line))
        return std::string(line);
    std::string out;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

/// Daily files write "20260821", quarterly ones "2026-08-21".
std::string dayFrom(std::string_view text)
{
    if (text.size() == 8 && !text.contains('-'))
        return std::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6));
    return std::string(text);
}

void readLine(std::string_view raw, std::uint64_t number, Drafts &drafts)
{
    const std::string line = utf8From(raw);
    std::array<std::string_view, 5> parts;
    std::string_view rest = line;
    std::size_t count = 0;
    for (; count < parts.size(); ++count) {
        const auto end = rest.find('|');
        parts[count] = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (end == std::string_view::npos) {
            ++count;
            break;
        }
    }
    if (count != parts.size() || !rest.empty())
        return drafts.reject({}, std::format("line {}: is not CIK|name|form|date|file", number));
    drafts.company({.cik = std::string(parts[0]),
                    .name = std::string(parts[1]),
                    .formerNames = {},
                    .tickers = {},
                    .attributes = {}});
    Filing filing;
    filing.accession = accessionIn(parts[4]);
    filing.form = parts[2];
    filing.filedOn = dayFrom(parts[3]);
    filing.url = "https://www.sec.gov/Archives/" + std::string(parts[4]);
    drafts.filing(std::move(filing));
}

} // namespace

Result<std::vector<connect::Draft>> readMasterIndex(std::string_view payload)
{
    if (payload.size() > kMasterBytesMax)
        return fail(ErrorCode::InvalidInput, "the payload is larger than 256 MiB");
    Drafts drafts;
    bool isTable = false;
    for (std::uint64_t number = 1; !payload.empty(); ++number) {
        const auto end = std::min(payload.find('\n'), payload.size());
        std::string_view line = payload.substr(0, end);
        payload.remove_prefix(std::min(end + 1, payload.size()));
        while (line.ends_with('\r') || line.ends_with(' '))
            line.remove_suffix(1);
        if (line.starts_with("CIK|")) {
            isTable = true;
            continue;
        }
        if (!isTable || line.empty() || line.starts_with("---"))
            continue;
        if (line.size() > kLineBytesMax)
            drafts.reject({}, std::format("line {}: longer than {} bytes", number, kLineBytesMax));
        else
            readLine(line, number, drafts);
    }
    if (!isTable)
        return fail(ErrorCode::InvalidInput, "the payload has no line CIK|Company Name|…");
    return drafts.take();
}

} // namespace chrona::edgar
