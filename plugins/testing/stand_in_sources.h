// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/ports.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Sources that answer a connector's fetch() from memory.
namespace chrona::connect::fixture {

/// A day on which all tests are.
inline constexpr Instant kNow =
    Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) + std::chrono::hours(8);

/// Gives the same answer to everything and notes what it was asked.
class EchoFetcher final : public Fetcher {
public:
    explicit EchoFetcher(std::string body) : m_body(std::move(body)) {}
    Result<Response> get(const Request &request) override
    {
        asked.push_back(request);
        if (!error.what.empty())
            return std::unexpected(error);
        return Response{.status = 200, .url = request.url, .body = m_body, .fetchedAt = kNow};
    }
    std::vector<Request> asked;
    Error error{}; ///< instead of an answer

private:
    std::string m_body;
};

/// Answers by a part of the address; what it does not know is Unavailable.
class RouteFetcher final : public Fetcher {
public:
    Result<Response> get(const Request &request) override
    {
        asked.push_back(request.url);
        for (const auto &[part, answer] : answers)
            if (request.url.contains(part)) {
                Response response = answer;
                response.url = request.url;
                return response;
            }
        return fail(ErrorCode::Unavailable, "no answer");
    }
    std::map<std::string, Response> answers;
    std::vector<std::string> asked;
};

inline Response ok(std::string body)
{
    return {.status = 200, .body = std::move(body)};
}

/// The host of an address, to hold against the entry.
inline std::string hostOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    return std::string(url.substr(begin, url.find_first_of("/:?", begin) - begin));
}

} // namespace chrona::connect::fixture
