// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/http/message.h"

#include <format>

namespace chrona::http {

std::optional<std::string_view> Request::header(std::string_view name) const
{
    for (const auto &[key, value] : headers)
        if (key == name)
            return value;
    return std::nullopt;
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Error";
    }
}

std::string toBytes(const Response &response, AfterResponse after)
{
    return std::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
                       "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                       "Connection: {}\r\n\r\n{}",
                       response.status, reasonPhrase(response.status), response.contentType,
                       response.body.size(),
                       after == AfterResponse::Close ? "close" : "keep-alive", response.body);
}

} // namespace chrona::http
