// SPDX-License-Identifier: AGPL-3.0-or-later
#include "charset.h"

#include "own_charset.h"
#include "utf8.h"

#include "chrona/base/ascii.h"
#include "chrona/schema/text.h"

#include <iconv.h>
#include <simdjson.h>
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace chrona::formats {
namespace {

struct Alias {
    std::string_view declared;
    std::string_view known;
};

/// Names that feeds use and iconv does not. Supersets stand for what is declared too narrowly:
/// whoever writes iso-8859-1 or gb2312 means what Windows writes.
constexpr Alias kAliases[] = {
    {"646", "us-ascii"},
    {"8859", "cp1252"},
    {"ascii", "us-ascii"},
    {"ascii-8bit", "cp1252"},
    {"big5-tw", "big5"},
    {"big5hkscs", "big5-hkscs"},
    {"chinese", "gb18030"},
    {"cp-1250", "cp1250"},
    {"cp-1251", "cp1251"},
    {"cp-1252", "cp1252"},
    {"cp1051", "hp-roman8"},
    {"cp866u", "cp1125"},
    {"cp-gr", "cp869"},
    {"cp-is", "cp861"},
    {"cp1361", "johab"},
    {"cp154", "pt154"},
    {"csbig5", "big5"},
    {"csiso58gb231280", "gb18030"},
    {"cskoi8r", "koi8-r"},
    {"csibm858", "cp858"},
    {"csibm861", "cp861"},
    {"csptcp154", "pt154"},
    {"cyrillic-asian", "pt154"},
    {"euccn", "gb18030"},
    {"eucgb2312-cn", "gb18030"},
    {"eucjp", "euc-jp"},
    {"eucjis2004", "euc-jisx0213"},
    {"euc-jis-2004", "euc-jisx0213"},
    {"euckr", "cp949"},
    {"euc-kr", "cp949"},
    {"gb-2312-80", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb2312-1980", "gb18030"},
    {"gb2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"hz-gb", "hz"},
    {"hz-gb-2312", "hz"},
    {"hzgb", "hz"},
    {"ibm039", "cp037"},
    {"ibm1051", "hp-roman8"},
    {"ibm1125", "cp1125"},
    {"iso-2022-jp-1", "iso-2022-jp-2"},
    {"iso-2022-jp-2004", "iso-2022-jp-3"},
    {"iso-2022-jp-ext", "iso-2022-jp-2"},
    {"iso-8859-1", "cp1252"},
    {"iso-8859-11", "cp874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-9", "cp1254"},
    {"iso-ir-58", "gb18030"},
    {"iso8859", "cp1252"},
    {"iso8859-1", "cp1252"},
    {"iso8859-9", "cp1254"},
    {"jis", "iso-2022-jp"},
    {"koi8", "koi8-r"},
    {"korean", "cp949"},
    {"ks-c-5601-1987", "cp949"},
    {"ks-x-1001", "cp949"},
    {"ksc5601", "cp949"},
    {"kz-1048", "rk1048"},
    {"kz1048", "rk1048"},
    {"l1", "cp1252"},
    {"l9", "iso-8859-15"},
    {"latin", "cp1252"},
    {"latin-1", "cp1252"},
    {"latin-2", "iso-8859-2"},
    {"latin1", "cp1252"},
    {"latin9", "iso-8859-15"},
    {"mac-centeuro", "mac-centraleurope"},
    {"mac-latin2", "mac-centraleurope"},
    {"mac-roman", "macintosh"},
    {"maccentraleurope", "mac-centraleurope"},
    {"maccyrillic", "mac-cyrillic"},
    {"macgreek", "mac-greek"},
    {"maciceland", "mac-iceland"},
    {"maclatin2", "mac-centraleurope"},
    {"macroman", "macintosh"},
    {"macturkish", "mac-turkish"},
    {"ms-kanji", "cp932"},
    {"ms1361", "johab"},
    {"ptcp154", "pt154"},
    {"s-jis", "cp932"},
    {"shift-jis", "cp932"},
    {"shift-jis-2004", "shift-jisx0213"},
    {"shiftjis", "cp932"},
    {"sjis", "cp932"},
    {"thai", "cp874"},
    {"tis-620", "cp874"},
    {"tis620", "cp874"},
    {"u16", "utf-16"},
    {"u7", "utf-7"},
    {"u8", "utf-8"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"uhc", "cp949"},
    {"us", "us-ascii"},
    {"utf", "utf-8"},
    {"utf-8-sig", "utf-8"},
    {"utf16", "utf-16"},
    {"utf32", "utf-32"},
    {"utf8", "utf-8"},
    {"visual", "iso-8859-8"},
    {"win-1250", "cp1250"},
    {"win-1251", "cp1251"},
    {"win-1252", "cp1252"},
    {"x-euc-jp", "euc-jp"},
    {"x-gbk", "gb18030"},
    {"x-sjis", "cp932"},
    {"x-x-big5", "big5"},
};

/// One spelling of what is spelt in several ways: "iso2022jp-2" is "iso-2022-jp-2", "windows1250"
/// and "x-cp1250" are "cp1250", and the year of a standard says nothing.
std::string usualSpelling(std::string name)
{
    struct Beginning {
        std::string_view written, usual;
    };
    constexpr Beginning kBeginnings[] = {{"iso2022jp", "iso-2022-jp"},
                                         {"iso2022-", "iso-2022-"},
                                         {"windows125", "cp125"},
                                         {"windows-125", "cp125"},
                                         {"x-cp", "cp"},
                                         {"x-windows-", "cp"},
                                         {"x-mac-", "mac-"},
                                         {"dos-", "cp"}};
    for (const Beginning &beginning : kBeginnings)
        if (name.starts_with(beginning.written))
            name.replace(0, beginning.written.size(), beginning.usual);
    if (name.starts_with("tis-620-"))
        return "tis-620";
    const std::size_t year = name.find_last_of("-:");
    const bool hasYear = name.starts_with("iso-8859-") && year != std::string::npos &&
                         year > std::string_view("iso-8859-").size() && name.size() == year + 5;
    return hasYear ? name.substr(0, year) : name;
}

/// Empty for a name that no charset has: iconv gives meaning to '/' and ',' in it.
std::string iconvName(std::string_view charset)
{
    std::string name = asciiLowered(trimmed(charset));
    std::ranges::replace(name, '_', '-');
    std::ranges::replace(name, ' ', '-');
    const auto isAllowed = [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '-' || c == '.' || c == ':' || c == '+';
    };
    if (name.empty() || name.size() > 40 || !std::ranges::all_of(name, isAllowed))
        return {};
    name = usualSpelling(std::move(name));
    const auto found = std::ranges::find(kAliases, std::string_view(name), &Alias::declared);
    if (found != std::end(kAliases))
        return std::string(found->known);
    // "37", "437" and "1251" are code pages.
    if (std::ranges::all_of(name, isAsciiDigit))
        return "cp" + (name.size() < 3 ? std::string(3 - name.size(), '0') : "") + name;
    return name;
}

class Converter {
public:
    explicit Converter(std::string from) : m_handle(iconv_open("UTF-8", from.c_str()))
    {
        if (isOpen())
            return;
        // Some names are known with underscores only: SHIFT_JISX0213.
        std::ranges::replace(from, '-', '_');
        m_handle = iconv_open("UTF-8", from.c_str());
    }
    ~Converter()
    {
        if (isOpen())
            iconv_close(m_handle);
    }
    Converter(const Converter &) = delete;
    Converter &operator=(const Converter &) = delete;

    [[nodiscard]] bool isOpen() const { return m_handle != reinterpret_cast<iconv_t>(-1); }

    std::optional<std::string> convert(std::string_view bytes, bool mendGaps)
    {
        std::string out;
        out.reserve(bytes.size() + bytes.size() / 2);
        // iconv's interface predates const; it reads only.
        char *in = const_cast<char *>(bytes.data());
        std::size_t left = bytes.size();
        std::array<char, 16384> piece{};
        while (true) {
            char *to = piece.data();
            std::size_t room = piece.size();
            const std::size_t done = iconv(m_handle, left > 0 ? &in : nullptr, &left, &to, &room);
            const int problem = done == static_cast<std::size_t>(-1) ? errno : 0;
            out.append(piece.data(), piece.size() - room);
            if (problem == E2BIG)
                continue;
            if (problem == 0 && left == 0)
                return out;
            if (!mendGaps)
                return std::nullopt;
            out += kReplacement;
            ++in;
            --left;
        }
    }

private:
    iconv_t m_handle;
};

/// Narrow names where the bytes fit them: the detector names only the widest member of a family.
std::string narrowed(const std::string &guess, std::string_view bytes)
{
    struct Family {
        std::string_view wide, narrow, iconv;
    };
    constexpr Family kFamilies[] = {
        {"GB18030", "GB2312", "EUC-CN"}, {"UHC", "EUC-KR", "EUC-KR"}, {"BIG5", "Big5", "BIG5"}};
    for (const Family &family : kFamilies)
        if (guess == family.wide) {
            Converter converter{std::string(family.iconv)};
            if (converter.isOpen() && converter.convert(bytes, false))
                return std::string(family.narrow);
        }
    return guess;
}

} // namespace

std::optional<std::string> fromCharset(std::string_view bytes, std::string_view charset)
{
    const std::string name = iconvName(charset);
    if (name.empty())
        return std::nullopt;
    if (name == "utf-8")
        return isUtf8(bytes) ? std::optional(std::string(bytes)) : std::nullopt;
    if (name == "us-ascii")
        return isAscii(bytes) ? std::optional(std::string(bytes)) : std::nullopt;
    if (name == "hz") {
        const auto gb = gbFromHz(bytes);
        return gb ? fromCharset(*gb, "gb18030") : std::nullopt;
    }
    if (const auto *upperHalf = upperHalfOf(name))
        return fromUpperHalf(bytes, *upperHalf);
    Converter converter(name);
    if (!converter.isOpen())
        return std::nullopt;
    // Windows-1252 has five holes, and as the last resort it must fit anything.
    auto text = converter.convert(bytes, name == "cp1252");
    if (text && !isUtf8(*text))
        return std::nullopt;
    return text;
}

bool isSingleByte(std::string_view charset)
{
    constexpr std::array<std::string_view, 9> kSingle{
        "cp125", "cp437", "cp7", "cp8", "iso-8859", "iso8859", "koi8", "latin", "mac"};
    const std::string name = iconvName(charset);
    return std::ranges::any_of(kSingle,
                               [&](std::string_view begin) { return name.starts_with(begin); });
}

std::string guessCharset(std::string_view bytes)
{
    constexpr std::size_t kReadMax = 256 << 10;
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                         uchardet_delete);
    const std::string_view read = bytes.substr(0, kReadMax);
    if (uchardet_handle_data(detector.get(), read.data(), read.size()) != 0)
        return {};
    uchardet_data_end(detector.get());
    return narrowed(uchardet_get_charset(detector.get()), bytes);
}

bool isUtf8(std::string_view bytes)
{
    return simdjson::validate_utf8(bytes.data(), bytes.size());
}

bool isAscii(std::string_view bytes)
{
    return std::ranges::none_of(bytes, [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

std::optional<std::string> mendedUtf8(std::string_view bytes)
{
    std::string out;
    std::size_t gaps = 0, characters = 0;
    const auto append = [&](std::string_view sound) {
        for (const char c : sound)
            if (static_cast<unsigned char>(c) >= 0xc0)
                ++characters;
        out += sound;
    };
    while (const auto bad = schema::firstInvalidUtf8(bytes)) {
        append(bytes.substr(0, *bad));
        bytes.remove_prefix(*bad + 1);
        if (*bad == 0 && out.ends_with(kReplacement))
            continue; // the rest of the same damaged character
        out += kReplacement;
        ++gaps;
        if (gaps > 64 && gaps > characters)
            return std::nullopt;
    }
    append(bytes);
    if (characters < 4 * gaps)
        return std::nullopt;
    return out;
}

} // namespace chrona::formats
