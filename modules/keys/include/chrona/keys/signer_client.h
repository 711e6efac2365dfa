// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/keys/signing_request.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::keys {

/// One end of the private socket pair. Frames of a length and a message; used by both sides.
/// Unavailable when the other side is gone; Timeout when nothing comes.
[[nodiscard]] Status writeFrame(int descriptor, ethereum::ByteView message);
[[nodiscard]] Result<ethereum::Bytes> readFrame(int descriptor, std::chrono::milliseconds timeout,
                                                std::stop_token stop = {});

/// Starts chrona-signer with one end of a socket pair that nobody else has, and asks it. Any
/// thread; questions wait their turn. The signer ends when this object goes.
class SignerClient {
public:
    struct Options {
        std::filesystem::path program;
        std::vector<std::string> arguments; ///< beside --serve
        /// Reading the keychain may wait for a person to unlock it.
        std::chrono::milliseconds startTimeout{90'000};
        /// A round is on disk before it is signed, which takes its time on a busy machine.
        std::chrono::milliseconds answerTimeout{5'000};
        std::stop_token stop{}; ///< ends the wait for the start
    };
    [[nodiscard]] static Result<std::unique_ptr<SignerClient>> start(const Options &options);
    ~SignerClient();
    SignerClient(const SignerClient &) = delete;
    SignerClient &operator=(const SignerClient &) = delete;

    /// What the signer holds, told when it had started.
    [[nodiscard]] const std::vector<HeldKey> &keys() const { return m_keys; }
    /// A refusal comes back as its error. After Unavailable or Timeout the client is of no more
    /// use: start another one.
    [[nodiscard]] Result<SigningReply> ask(const SigningRequest &request);
    [[nodiscard]] bool isUsable();
    [[nodiscard]] Result<SignedTransactionReply> signTransaction(const TransactionRequest &request);

private:
    SignerClient(int descriptor, int process, Options options)
        : m_descriptor(descriptor), m_process(process), m_options(std::move(options))
    {
    }
    std::mutex m_mutex;
    int m_descriptor;
    int m_process;
    bool m_broken = false;
    Options m_options;
    std::vector<HeldKey> m_keys;
};

} // namespace chrona::keys
