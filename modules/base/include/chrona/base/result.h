// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace chrona {

enum class ErrorCode : std::uint8_t {
    InvalidInput, ///< what was given cannot be right; trying again will not help
    NotFound,
    Conflict,     ///< somebody else was first: a stale revision, a taken lock, another owner
    Unavailable,  ///< something that is needed is not there now
    Timeout,
    Cancelled,
    Denied,       ///< permission or policy
    Exhausted,    ///< disk, memory, budget or rate is used up
    Corrupt,      ///< stored data or a peer's bytes are not what they must be
};

[[nodiscard]] std::string_view toString(ErrorCode code);

/// Why something expected to fail now and then did fail. For the log and for shells, in English;
/// the workstation chooses its own sentence from the code.
struct Error {
    ErrorCode code = ErrorCode::InvalidInput;
    std::string what;       ///< the cause, one sentence without a full stop
    std::string remedy{};   ///< what a person can do about it; may be empty
    bool retryable = false; ///< the same call may succeed later
};

/// "cause; remedy", for one line of output.
[[nodiscard]] std::string describe(const Error &error);

template <class T = void> using Result = std::expected<T, Error>;
using Status = Result<>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string what,
                                                 std::string remedy = {})
{
    const bool retryable = code == ErrorCode::Unavailable || code == ErrorCode::Timeout;
    return std::unexpected(Error{code, std::move(what), std::move(remedy), retryable});
}

} // namespace chrona
