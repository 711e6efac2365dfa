// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/http/message.h"

#include <cstddef>
#include <expected>

namespace chrona::http {

/// How much of a request is taken in.
struct RequestLimits {
    std::size_t targetBytesMax = 2'048;
    std::size_t headBytesMax = 16 << 10;
    std::size_t headersMax = 64;
    std::size_t bodyBytesMax = 256 << 10;
};

/// The status that says why a request is not taken.
struct Refusal {
    int status = 400;
    std::string reason;
};

/// Bytes of a connection to requests. Pure; takes any bytes. Strict, so that no two programs can
/// read one request differently: lines end in CR LF, a header has one form, a body has one length
/// and no coding.
class RequestReader {
public:
    explicit RequestReader(RequestLimits limits) : m_limits(limits) {}

    void append(std::string_view bytes) { m_buffer.append(bytes); }
    /// The next request that is whole; nothing while bytes are missing. After a refusal nothing
    /// more can be read.
    [[nodiscard]] std::expected<std::optional<Request>, Refusal> next();
    /// True once for a request whose sender waits for a word before it sends the body.
    [[nodiscard]] bool takeWantsContinue();
    /// Nothing of a request has come yet.
    [[nodiscard]] bool isBetweenRequests() const { return m_buffer.empty() && !m_head; }
    [[nodiscard]] std::size_t bufferedBytes() const { return m_buffer.size(); }

private:
    [[nodiscard]] std::expected<bool, Refusal> readHead();
    [[nodiscard]] std::expected<void, Refusal> readRequestLine(std::string_view line);
    [[nodiscard]] std::expected<void, Refusal> readHeader(std::string_view line);
    [[nodiscard]] std::expected<void, Refusal> readMeaning();

    RequestLimits m_limits;
    std::string m_buffer;
    std::optional<Request> m_head; ///< whose body is awaited
    std::size_t m_bodyBytes = 0;
    bool m_wantsContinue = false;
};

} // namespace chrona::http
