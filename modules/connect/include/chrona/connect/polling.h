// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <span>
#include <string>

namespace chrona::connect {

/// A document that a source serves under one address and makes anew in place.
struct PolledDocument {
    std::string url;
    std::string kind;
    std::string accept{};
    std::size_t bodyBytesMax = 16 << 20;
};

/// Asks for each document once. Unchanged documents (304, 204) give no item. One that `reader`
/// itself cannot read is a maintenance page or cut short: it is tried again later instead of being
/// logged as data. Documents that fail are warnings as long as another was answered, so that one
/// does not keep the others away; when none was, the first failure is the result.
///
/// The cursor is when all were asked last; conditional requests are the fetcher's duty.
[[nodiscard]] Result<Fetched> pollDocuments(const FetchTask &task, Fetcher &fetcher,
                                            const std::stop_token &stop,
                                            std::span<const PolledDocument> documents,
                                            const Connector &reader);

} // namespace chrona::connect
