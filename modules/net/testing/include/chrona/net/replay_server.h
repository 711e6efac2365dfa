// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/http.h"
#include "chrona/net/stream_script.h"

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
    bool hasRanges = false; ///< a request for a range of the body gets it, with status 206
};

struct ReceivedRequest {
    std::string method;
    std::string target; ///< "/feed?x=1"
    Headers headers;
    std::string body{};
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

    /// How the clients of a WebSocket are treated, one after another; the last script stays.
    void stream(std::string path, std::vector<StreamScript> scripts);
    /// Says a text to all that are connected to a stream.
    void say(std::string path, std::string text);
    /// Ends all connections of a stream with a reset.
    void drop(std::string path);
    /// What clients of a stream have said, all connections in one list.
    [[nodiscard]] std::vector<std::string> heard(const std::string &path) const;
    /// How often a stream was opened, refused clients included.
    [[nodiscard]] std::size_t opened(const std::string &path) const;

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:PORT" + path
    [[nodiscard]] std::string url(std::string_view path) const;
    /// "ws://127.0.0.1:PORT" + path
    [[nodiscard]] std::string streamUrl(std::string_view path) const;
    [[nodiscard]] std::vector<ReceivedRequest> received() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] std::string gzip(std::string_view body);

} // namespace chrona::net
