// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web_socket_handshake.h"

#include "chrona/base/ascii.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::net {
namespace {

constexpr std::string_view kBlanks = " \t\r";

bool isReserved(std::string_view name)
{
    const std::string plain = asciiLowered(name);
    return plain == "host" || plain == "connection" || plain == "upgrade" ||
           plain.starts_with("sec-websocket-");
}

Result<int> statusOf(std::string_view line)
{
    int status = 0;
    if (line.starts_with("HTTP/1.1 ") && line.size() >= 12 &&
        std::from_chars(line.data() + 9, line.data() + 12, status).ptr == line.data() + 12)
        return status;
    return fail(ErrorCode::Corrupt, "the server does not answer in HTTP");
}

Headers headersOf(std::string_view lines)
{
    Headers headers;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
            headers.push_back({std::string(trimmedOf(kBlanks, line.substr(0, colon))),
                               std::string(trimmedOf(kBlanks, line.substr(colon + 1)))});
        lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 1);
    }
    return headers;
}

bool says(const Headers &headers, std::string_view name, std::string_view value)
{
    const std::string *found = find(headers, name);
    return found != nullptr && asciiLowered(*found) == value;
}

std::unexpected<Error> refused(int status)
{
    const std::string what = std::format("the server refuses a stream with status {}", status);
    switch (status) {
    case 401:
    case 403:
    case 451: return fail(ErrorCode::Denied, what);
    case 404:
    case 410: return fail(ErrorCode::NotFound, what);
    case 418:
    case 429: {
        auto error = fail(ErrorCode::Exhausted, what);
        error.error().retryable = true;
        return error;
    }
    default: return fail(status >= 500 ? ErrorCode::Unavailable : ErrorCode::InvalidInput, what);
    }
}

} // namespace

std::string acceptKeyFor(std::string_view key)
{
    QByteArray text(key.data(), static_cast<qsizetype>(key.size()));
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64().toStdString();
}

Result<std::string> upgradeRequest(const Upgrade &upgrade)
{
    const UrlParts &parts = upgrade.parts;
    const bool isV6 = parts.host.contains(':');
    std::string host = isV6 ? "[" + parts.host + "]" : parts.host;
    if (parts.port != (parts.isTls ? 443 : 80))
        host += std::format(":{}", parts.port);
    std::string text = std::format("GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\n"
                                   "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: {}\r\n",
                                   upgrade.target, host, upgrade.key);
    for (const Header &header : upgrade.headers) {
        if (isReserved(header.name) ||
            (header.name + header.value).find_first_of("\r\n") != std::string::npos)
            return fail(ErrorCode::InvalidInput,
                        std::format("the header {} cannot be sent", header.name.substr(0, 40)));
        text += header.name + ": " + header.value + "\r\n";
    }
    return text + "\r\n";
}

Status judgeUpgrade(std::string_view head, std::string_view key)
{
    const std::size_t lineEnd = head.find('\n');
    const auto status = statusOf(head.substr(0, lineEnd));
    if (!status)
        return std::unexpected(status.error());
    if (*status != 101)
        return refused(*status);
    const Headers headers = headersOf(lineEnd == std::string_view::npos ? std::string_view{}
                                                                        : head.substr(lineEnd + 1));
    const std::string *accept = find(headers, "Sec-WebSocket-Accept");
    const std::string *connection = find(headers, "Connection");
    const bool agrees = says(headers, "Upgrade", "websocket") && connection != nullptr &&
                        asciiLowered(*connection).contains("upgrade") && accept != nullptr &&
                        *accept == acceptKeyFor(key);
    // Neither was asked for: a frame would be read wrongly.
    if (!agrees || find(headers, "Sec-WebSocket-Extensions") != nullptr ||
        find(headers, "Sec-WebSocket-Protocol") != nullptr)
        return fail(ErrorCode::Corrupt, "the server's answer does not open a WebSocket");
    return {};
}

} // namespace chrona::net
