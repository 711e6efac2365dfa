// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/result.h"

namespace chrona {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return "invalid input";
    case ErrorCode::NotFound: return "not found";
    case ErrorCode::Conflict: return "conflict";
    case ErrorCode::Unavailable: return "unavailable";
    case ErrorCode::Timeout: return "timeout";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Denied: return "denied";
    case ErrorCode::Exhausted: return "exhausted";
    case ErrorCode::Corrupt: return "corrupt";
    }
    return "unknown";
}

std::string describe(const Error &error)
{
    return error.remedy.empty() ? error.what : error.what + "; " + error.remedy;
}

} // namespace chrona
