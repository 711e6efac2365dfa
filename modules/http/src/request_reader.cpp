// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/http/request_reader.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <charconv>

namespace chrona::http {
namespace {

std::unexpected<Refusal> refuse(int status, std::string reason)
{
    return std::unexpected(Refusal{status, std::move(reason)});
}

bool isTokenByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isTokenByte);
}

/// Printable, without blanks: what a target is made of.
bool isTargetByte(char c)
{
    return c > 0x20 && c < 0x7F && c != '#';
}

bool isValueByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

/// Headers that must not come twice: two programs could choose differently.
bool isSingle(std::string_view name)
{
    return name == "host" || name == "content-length" || name == "transfer-encoding" ||
           name == "content-type" || name == "origin" || name == "connection" || name == "expect";
}

} // namespace

std::expected<void, Refusal> RequestReader::readRequestLine(std::string_view line)
{
    constexpr std::size_t kMethodBytesMax = 16;
    const std::size_t first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return refuse(400, "the first line is no request");
    const std::string_view method = line.substr(0, first),
                           target = line.substr(first + 1, last - first - 1),
                           version = line.substr(last + 1);
    if (!isToken(method) || method.size() > kMethodBytesMax)
        return refuse(400, "the method is no word");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return version.starts_with("HTTP/") ? refuse(505, "HTTP/1.1 is spoken here")
                                            : refuse(400, "the first line is no request");
    if (target.size() > m_limits.targetBytesMax)
        return refuse(414, "the target is too long");
    if (!target.starts_with('/') || !std::ranges::all_of(target, isTargetByte))
        return refuse(400, "the target is no path");
    const std::size_t mark = target.find('?');
    m_head->method = method;
    m_head->path = target.substr(0, mark);
    m_head->query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    m_head->keepAlive = version == "HTTP/1.1";
    return {};
}

std::expected<void, Refusal> RequestReader::readHeader(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return refuse(400, "a header has no name");
    const std::string_view value = trimmedOf(" \t", line.substr(colon + 1));
    if (!std::ranges::all_of(value, isValueByte))
        return refuse(400, "a header has control characters");
    if (m_head->headers.size() >= m_limits.headersMax)
        return refuse(431, "there are too many headers");
    std::string name = asciiLowered(line.substr(0, colon));
    if (isSingle(name) && m_head->header(name))
        return refuse(400, "a header comes twice");
    m_head->headers.emplace_back(std::move(name), value);
    return {};
}

/// What the headers say about the message itself.
std::expected<void, Refusal> RequestReader::readMeaning()
{
    if (!m_head->header("host"))
        return refuse(400, "there is no Host");
    if (m_head->header("transfer-encoding"))
        return refuse(501, "bodies come with a Content-Length here");
    m_bodyBytes = 0;
    if (const auto length = m_head->header("content-length")) {
        const auto [end, error] =
            std::from_chars(length->data(), length->data() + length->size(), m_bodyBytes);
        const bool isNumber =
            !length->empty() && error == std::errc{} && end == length->data() + length->size();
        if (!isNumber && error != std::errc::result_out_of_range)
            return refuse(400, "the Content-Length is no number");
        if (!isNumber || m_bodyBytes > m_limits.bodyBytesMax)
            return refuse(413, "the body is too large");
    }
    if (const auto connection = m_head->header("connection")) {
        const std::string word = asciiLowered(*connection);
        if (word == "close")
            m_head->keepAlive = false;
        else if (word == "upgrade")
            return refuse(501, "nothing else is spoken here");
    }
    if (const auto expect = m_head->header("expect")) {
        if (asciiLowered(*expect) != "100-continue")
            return refuse(417, "what is expected is not known here");
        m_wantsContinue = m_bodyBytes > 0;
    }
    return {};
}

/// False while the head is not whole.
std::expected<bool, Refusal> RequestReader::readHead()
{
    // Blank lines before a request are allowed, but not many.
    while (m_buffer.starts_with("\r\n"))
        m_buffer.erase(0, 2);
    const std::size_t end = m_buffer.find("\r\n\r\n");
    if (std::min(end, m_buffer.size()) > m_limits.headBytesMax)
        return refuse(431, "the head is too large");
    if (end == std::string::npos) {
        // A long first line has its own word, and bytes that are no text end it early.
        if (m_buffer.find("\r\n") == std::string::npos &&
            m_buffer.size() > m_limits.targetBytesMax + 64)
            return refuse(414, "the target is too long");
        return false;
    }
    m_head.emplace();
    const std::string head = m_buffer.substr(0, end + 2);
    m_buffer.erase(0, end + 4);
    std::size_t at = head.find("\r\n");
    if (head.find('\n') != at + 1)
        return refuse(400, "a line ends in half");
    if (auto read = readRequestLine(std::string_view(head).substr(0, at)); !read)
        return std::unexpected(read.error());
    for (at += 2; at < head.size();) {
        const std::size_t next = head.find("\r\n", at);
        if (auto read = readHeader(std::string_view(head).substr(at, next - at)); !read)
            return std::unexpected(read.error());
        at = next + 2;
    }
    if (auto read = readMeaning(); !read)
        return std::unexpected(read.error());
    return true;
}

std::expected<std::optional<Request>, Refusal> RequestReader::next()
{
    if (!m_head) {
        const auto whole = readHead();
        if (!whole)
            return std::unexpected(whole.error());
        if (!*whole)
            return std::nullopt;
    }
    if (m_buffer.size() < m_bodyBytes)
        return std::nullopt;
    m_wantsContinue = false; // the body is there
    Request request = std::move(*m_head);
    m_head.reset();
    request.body = m_buffer.substr(0, m_bodyBytes);
    m_buffer.erase(0, m_bodyBytes);
    m_bodyBytes = 0;
    return request;
}

bool RequestReader::takeWantsContinue()
{
    return std::exchange(m_wantsContinue, false);
}

} // namespace chrona::http
