// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_key.h"

#include <algorithm>
#include <format>

namespace chrona::sources {
namespace {

constexpr std::string_view kInPlaceOfKey = "[key]";
/// A shorter word would be found in innocent text; a key that short guards nothing.
constexpr std::size_t kScrubbedBytesMin = 6;

bool isUnreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string percentEncoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text)
        encoded += isUnreserved(static_cast<unsigned char>(c))
                       ? std::string(1, c)
                       : std::format("%{:02X}", static_cast<unsigned char>(c));
    return encoded;
}

void replaceAll(std::string &text, std::string_view what)
{
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + kInPlaceOfKey.size()))
        text.replace(at, what.size(), kInPlaceOfKey);
}

} // namespace

Status placeKey(net::Request &request, const connect::KeyPlace &place, std::string_view key)
{
    const bool isSound = !key.empty() && std::ranges::all_of(key, [](unsigned char c) {
        return c >= 0x20 && c < 0x7F;
    });
    if (!isSound)
        return fail(ErrorCode::InvalidInput,
                    "what the keychain holds for this source is no key: it is empty or has "
                    "characters that none has",
                    "enter it again with chronactl key add");
    if (!request.url.starts_with("https://"))
        return fail(ErrorCode::Denied, "a key is never sent without encryption",
                    "give the source an address that begins with https");
    if (place.in == connect::KeyPlace::In::Header) {
        request.headers.push_back({place.name, place.prefix + std::string(key)});
        return {};
    }
    const auto fragment = request.url.find('#');
    request.url.resize(std::min(fragment, request.url.size()));
    request.url += std::format("{}{}={}", request.url.contains('?') ? '&' : '?', place.name,
                               percentEncoded(place.prefix + std::string(key)));
    return {};
}

void scrubKey(std::string &text, std::string_view key)
{
    if (key.size() < kScrubbedBytesMin)
        return;
    replaceAll(text, key);
    if (const std::string encoded = percentEncoded(key); encoded != key)
        replaceAll(text, encoded);
}

} // namespace chrona::sources
