// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::edgar {

struct Company {
    std::string cik; ///< digits; leading zeros do not matter
    std::string name;
    std::vector<std::string> formerNames;
    std::vector<std::string> tickers;
    schema::Attributes attributes;
};

/// A filing as any of EDGAR's documents tells of it.
struct Filing {
    std::string accession; ///< "0000320193-20-000010"
    std::string form;      ///< "10-Q", "8-K/A"
    std::string filedOn;   ///< day
    std::optional<Instant> acceptedAt;
    std::string period; ///< day that the report is about; empty: none
    std::string items;  ///< of an 8-K: "2.02,9.01"
    std::string description;
    std::string url;
    schema::Attributes attributes;
};

/// Gathers what a document says: each company once, each filing once (a filing is listed once for
/// each company that has a part in it).
class Drafts {
public:
    /// The company stays the one that filings belong to until another is given.
    void company(Company company);
    void filing(Filing filing);
    void reject(std::string reference, std::string reason);
    [[nodiscard]] std::vector<connect::Draft> take() { return std::move(m_drafts); }

private:
    [[nodiscard]] bool joinKnown(const std::string &accession);

    std::vector<connect::Draft> m_drafts;
    std::set<std::string> m_companies;
    std::map<std::string, std::size_t> m_filings; ///< position of each filing's draft
    std::string m_key, m_name;                    ///< of the company at hand
};

/// How much a form moves its readers, 0–1: by form, an 8-K by the gravest of its items, an
/// amendment a little less. See README.md for the table.
[[nodiscard]] float severityOf(std::string_view form, std::string_view items);

/// "0000320193-20-000010", found in an address or in a run of 18 digits; empty: none.
[[nodiscard]] std::string accessionIn(std::string_view text);

[[nodiscard]] Result<std::vector<connect::Draft>> readSubmissions(std::string_view payload);
[[nodiscard]] Result<std::vector<connect::Draft>> readAtom(std::string_view payload);
[[nodiscard]] Result<std::vector<connect::Draft>> readMasterIndex(std::string_view payload);
[[nodiscard]] Result<std::vector<connect::Draft>> readFilingIndex(std::string_view payload);

} // namespace chrona::edgar
