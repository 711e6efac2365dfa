// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/sources/acquisition.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace chrona::sources {

struct DraftTask {
    const schema::Source &source;
    const connect::ConnectorLibrary &library;
    net::HttpClient &http;
    const KeyOf &keyOf;
    std::optional<std::uint32_t> budget;
    Instant now;
    std::stop_token stop;
};

struct PostedDraft {
    Result<std::string> id; ///< in the source's system
    std::uint32_t requests = 0;
};

/// As Acquisition::publish() says.
[[nodiscard]] PostedDraft postDraft(DraftTask task, const connect::WrittenText &text);

} // namespace chrona::sources
