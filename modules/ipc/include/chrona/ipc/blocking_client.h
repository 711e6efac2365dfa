// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/client.h"

#include <chrono>
#include <memory>
#include <stop_token>

namespace chrona::ipc {

struct BlockingCallLimits {
    std::chrono::milliseconds timeout{30'000}; ///< without a sign of life (progress is one)
    std::stop_token stop{};                    ///< sends Cancel, then waits for the end
    std::function<void(const Progress &)> progress{};
    UploadSource upload{};
};

/// A client for command lines: each call waits for its answer. One thread, no event loop.
class BlockingClient {
public:
    using Limits = BlockingCallLimits;

    /// Unavailable: nobody serves there. Denied: token or version. Does not try again.
    [[nodiscard]] static Result<std::unique_ptr<BlockingClient>>
    open(const ClientOptions &options, std::chrono::milliseconds timeout);
    ~BlockingClient();

    template <class Request>
    [[nodiscard]] Result<Answer<Request>> request(const Request &request,
                                                  const Limits &limits = {});

    [[nodiscard]] const Welcome &welcome() const;

private:
    struct Private;
    explicit BlockingClient(std::unique_ptr<Private> state);
    /// Returns when the sink's end was called.
    void exchange(std::uint16_t type, const QByteArray &cbor, ReplySink sink, const Limits &limits);
    std::unique_ptr<Private> d;
};

template <class Request>
Result<Answer<Request>> BlockingClient::request(const Request &request, const Limits &limits)
{
    Result<Answer<Request>> answer = fail(ErrorCode::Unavailable, "the service did not answer");
    ReplySink sink = sinkFor<Request>(
        [&answer](Result<Answer<Request>> result) { answer = std::move(result); });
    sink.progress = limits.progress;
    sink.upload = limits.upload;
    exchange(Request::kType, encode(request), std::move(sink), limits);
    return answer;
}

} // namespace chrona::ipc
