// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/text_encoding.h"

#include "charset.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <vector>

namespace chrona::formats {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kTextBytesMax = 64 << 20;

/// What the first bytes prove (XML 1.0, appendix F).
struct Signature {
    std::string_view bytes;
    std::string_view encoding;
    std::size_t markBytes;
};

constexpr Signature kSignatures[] = {
    {"\x00\x00\xFE\xFF"sv, "utf-32be", 4},
    {"\xFF\xFE\x00\x00"sv, "utf-32le", 4},
    {"\xEF\xBB\xBF"sv, "utf-8", 3},
    {"\xFE\xFF"sv, "utf-16be", 2},
    {"\xFF\xFE"sv, "utf-16le", 2},
    {"\x00\x00\x00<"sv, "utf-32be", 0},
    {"<\x00\x00\x00"sv, "utf-32le", 0},
    {"\x00<\x00"sv, "utf-16be", 0},
    {"<\x00"sv, "utf-16le", 0},
};

const Signature *signatureOf(std::string_view bytes)
{
    for (const Signature &signature : kSignatures)
        if (bytes.starts_with(signature.bytes))
            return &signature;
    return nullptr;
}

/// Encodings that the first bytes must show. Declared without them they are a lie.
bool needsSignature(std::string_view charset)
{
    constexpr std::array<std::string_view, 15> kWide{
        "utf-16", "utf-16le", "utf-16be",        "utf16",           "u16",
        "utf-32", "utf-32le", "utf-32be",        "utf32",           "ucs-2",
        "ucs-4",  "csucs4",   "iso-10646-ucs-2", "iso-10646-ucs-4", "csunicode"};
    std::string name = asciiLowered(charset);
    std::ranges::replace(name, '_', '-');
    return std::ranges::contains(kWide, name);
}

/// The encoding that an XML declaration names.
std::string declaredIn(std::string_view head)
{
    head = trimmed(head.substr(0, 512));
    if (!head.starts_with("<?xml"))
        return {};
    head = head.substr(0, std::min(head.find("?>"), head.size()));
    auto at = head.find("encoding");
    if (at == std::string_view::npos)
        return {};
    head = trimmed(head.substr(at + 8));
    if (!head.starts_with('='))
        return {};
    head = trimmed(head.substr(1));
    if (head.empty() || (head.front() != '"' && head.front() != '\''))
        return {};
    const auto end = head.find(head.front(), 1);
    return end == std::string_view::npos ? std::string()
                                         : asciiLowered(trimmed(head.substr(1, end - 1)));
}

std::string declaredInBytes(std::string_view bytes)
{
    constexpr std::string_view kEbcdicStart = "\x4C\x6F\xA7\x94"; // "<?xm" in every EBCDIC
    if (!bytes.starts_with(kEbcdicStart))
        return declaredIn(bytes);
    const auto head = fromCharset(bytes.substr(0, 256), "cp037");
    if (!head)
        return {};
    if (auto name = declaredIn(*head); !name.empty())
        return name;
    // Letters and digits are the same everywhere, quotation marks are not.
    constexpr std::string_view kEncoding = "encoding=";
    constexpr std::string_view kOfName = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::string lower = asciiLowered(*head);
    const std::size_t at = lower.find(kEncoding);
    const std::size_t begin =
        at == lower.npos ? at : lower.find_first_of(kOfName, at + kEncoding.size());
    return begin == lower.npos
               ? std::string()
               : lower.substr(begin, lower.find_first_not_of(kOfName, begin) - begin);
}

/// Where plain ASCII may be other letters. A name like these is no mistake of a server.
bool isSevenBit(std::string_view charset)
{
    return charset.starts_with("iso-2022") || charset.starts_with("iso2022") ||
           charset.starts_with("hz") || charset == "utf-7";
}

/// What may be meant, best first.
std::vector<std::string> candidates(const EncodedDocument &document)
{
    const std::string http = asciiLowered(contentTypeParameter(document.contentType, "charset"));
    const std::string xml = declaredInBytes(document.bytes);
    const std::string media = mediaType(document.contentType);
    std::vector<std::string> all;
    if (!http.empty())
        all.push_back(http);
    else if (media.starts_with("text/") && !isSevenBit(xml))
        all.emplace_back("us-ascii"); // what RFC 3023 said; where it does not fit, read on
    if (!xml.empty())
        all.push_back(xml);
    std::erase_if(all, needsSignature);
    if (all.empty() || (http.empty() && xml.empty()))
        all.emplace_back("utf-8");
    return all;
}

/// gb2312 is read, and named, as the superset in which its writers write.
std::string shownName(std::string name)
{
    return name == "gb2312" ? "gb18030" : name;
}

/// Whether a document that claims one byte for a character is UTF-8 all the same. Text in such an
/// encoding is never UTF-8 by chance where several characters are beyond ASCII.
bool isUtf8AfterAll(std::string_view bytes, std::string_view claimed)
{
    constexpr std::ptrdiff_t kCharactersMin = 2;
    const auto begins = [](char c) { return static_cast<unsigned char>(c) >= 0xc0; };
    return isSingleByte(claimed) && isUtf8(bytes) &&
           std::ranges::count_if(bytes, begins) >= kCharactersMin;
}

DecodedText guessed(std::string_view bytes)
{
    const auto result = [](std::string text, std::string encoding) {
        return DecodedText{std::move(text), std::move(encoding), EncodingTrust::Guessed};
    };
    if (isUtf8(bytes))
        return result(std::string(bytes), "utf-8");
    if (auto mended = mendedUtf8(bytes))
        return result(std::move(*mended), "utf-8");
    // A detector needs letters to count; of a quote mark or two it makes Thai.
    constexpr std::ptrdiff_t kLettersMin = 6;
    const auto isHigh = [](char c) { return static_cast<unsigned char>(c) > 0x7f; };
    if (std::ranges::count_if(bytes, isHigh) >= kLettersMin) {
        std::string name = guessCharset(bytes);
        if (!name.empty() && name != "ASCII" && name != "UTF-8")
            if (auto text = fromCharset(bytes, name))
                return result(std::move(*text), std::move(name));
    }
    return result(fromCharset(bytes, "windows-1252").value_or(std::string()), "windows-1252");
}

} // namespace

std::string mediaType(std::string_view contentType)
{
    return asciiLowered(trimmed(contentType.substr(0, contentType.find(';'))));
}

std::string contentTypeParameter(std::string_view contentType, std::string_view name)
{
    auto at = contentType.find(';');
    while (at != std::string_view::npos) {
        contentType.remove_prefix(at + 1);
        at = contentType.find(';');
        const std::string_view one = contentType.substr(0, at);
        const auto equals = one.find('=');
        if (equals == std::string_view::npos ||
            !equalsIgnoringCase(trimmed(one.substr(0, equals)), name))
            continue;
        std::string_view value = trimmed(one.substr(equals + 1));
        while (!value.empty() && (value.front() == '"' || value.front() == '\''))
            value.remove_prefix(1);
        while (!value.empty() && (value.back() == '"' || value.back() == '\''))
            value.remove_suffix(1);
        return std::string(trimmed(value));
    }
    return {};
}

Result<DecodedText> decodeXmlText(const EncodedDocument &document)
{
    const std::string_view bytes = document.bytes;
    if (bytes.size() > kTextBytesMax)
        return fail(ErrorCode::InvalidInput, "the document is larger than 64 MiB");
    if (const Signature *signature = signatureOf(bytes)) {
        const std::string_view rest = bytes.substr(signature->markBytes);
        if (auto text = fromCharset(rest, signature->encoding)) {
            // UTF-16 cut inside a character, or two marks: what the converter keeps is dropped.
            if (text->starts_with("\xEF\xBB\xBF"))
                text->erase(0, 3);
            return DecodedText{std::move(*text), std::string(signature->encoding), {}};
        }
        if (signature->encoding.starts_with("utf-16") || signature->encoding.starts_with("utf-32"))
            for (std::size_t cut = 1; cut < 4 && cut < rest.size(); ++cut)
                if (auto text = fromCharset(rest.substr(0, rest.size() - cut), signature->encoding))
                    return DecodedText{std::move(*text), std::string(signature->encoding),
                                       EncodingTrust::Guessed};
        return guessed(rest);
    }
    const auto all = candidates(document);
    // The default for text/* is given up without reproach: every server forgets the charset.
    const bool isFirstStated =
        !contentTypeParameter(document.contentType, "charset").empty() || all.front() != "us-ascii";
    for (const std::string &candidate : all) {
        if (isUtf8AfterAll(bytes, candidate))
            break;
        if (auto text = fromCharset(bytes, candidate)) {
            const bool holds = &candidate == &all.front() || !isFirstStated;
            return DecodedText{std::move(*text), shownName(candidate),
                               holds ? EncodingTrust::Declared : EncodingTrust::Guessed};
        }
    }
    return guessed(bytes);
}

} // namespace chrona::formats
