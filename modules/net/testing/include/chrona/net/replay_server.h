// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/http.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::net {

/// What goes wrong after an answer was begun.
enum class Fault : std::uint8_t {
    None,
    ResetInBody,  ///< half of the body, then a reset
    CloseInBody,  ///< half of the body, then an orderly close
    SlowDrip,     ///< one byte of the body every 20 ms
    NeverAnswers, ///< the request is read and nothing is sent
};

struct Answer {
    int status = 200;
    Headers headers{};
    std::string body{};
    Fault fault = Fault::None;
};

struct ReceivedRequest {
    std::string target; ///< "/feed?x=1"
    Headers headers;
};

/// A web server on 127.0.0.1 in a thread of its own. Any thread may call it. An address without an
/// answer gets 404. A request that names a validator the answer carries gets 304, as real servers
/// do.
class ReplayServer {
public:
    ReplayServer();
    ~ReplayServer();
    ReplayServer(const ReplayServer &) = delete;
    ReplayServer &operator=(const ReplayServer &) = delete;

    /// The answers of a path (without query) in order; the last one stays.
    void answer(std::string path, std::vector<Answer> answers);
    void answer(std::string path, Answer answer)
    {
        this->answer(std::move(path), std::vector{std::move(answer)});
    }

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:PORT" + path
    [[nodiscard]] std::string url(std::string_view path) const;
    [[nodiscard]] std::vector<ReceivedRequest> received() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] std::string gzip(std::string_view body);

} // namespace chrona::net
