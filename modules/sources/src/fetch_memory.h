// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/net/http.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::sources {

/// What a source remembers from one run to the next: the connector's cursor, and for the addresses
/// it asked lately the validators and the hash of the body, because not all servers send
/// validators.
///
/// Kept as one text in the source's cursor, so that it changes in the transaction that appends what
/// was fetched. Validators kept apart would lose a payload: "not modified" says nothing about a
/// payload that was fetched and never stored. Addresses are kept as hashes: their queries may hold
/// keys.
class FetchMemory {
public:
    struct Document {
        std::string addressHash;
        net::Validators validators;
        std::string bodyHash;
        std::optional<Instant> freshUntil; ///< need not be asked for again before
        friend bool operator==(const Document &, const Document &) = default;
    };
    static constexpr std::size_t kDocumentsMax = 32;

    /// What cannot be read is forgotten: everything is then fetched anew, and nothing is lost.
    [[nodiscard]] static FetchMemory read(std::string_view text);
    [[nodiscard]] std::string write() const;

    [[nodiscard]] const Document *find(std::string_view url) const;
    /// Takes validators and freshness of the document. The latest come first; the oldest are
    /// forgotten.
    void remember(std::string_view url, Document document, std::string_view body);
    /// It has not changed.
    void renew(std::string_view url, std::optional<Instant> freshUntil);

    std::string cursor;

private:
    std::deque<Document> m_documents;
};

} // namespace chrona::sources
