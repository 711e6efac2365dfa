// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chrona::http {

struct Request {
    std::string method;                                       ///< as it came: "GET", "POST"
    std::string path;                                         ///< begins with '/', not decoded
    std::string query;                                        ///< after '?', not decoded
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    bool keepAlive = true;

    /// The first of that name (lower case); nothing where there is none.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    std::string body{};
};

/// "Not Found"; "Error" for a status that has no words here.
[[nodiscard]] std::string_view reasonPhrase(int status);

enum class AfterResponse : std::uint8_t { KeepOpen, Close };
/// Head and body as they go over the wire. Says that it must not be stored or taken for another
/// type.
[[nodiscard]] std::string toBytes(const Response &response, AfterResponse after);

} // namespace chrona::http
