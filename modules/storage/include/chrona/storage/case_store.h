// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Investigations. Each function is whole by itself or part of the caller's transaction.
namespace chrona::storage {

struct CaseListQuery {
    bool withArchived = false;
    std::string text{}; ///< part of any item that is not removed, in any case; empty: all
};
struct CaseListEntry {
    schema::InvestigationId id;
    schema::InvestigationState state = schema::InvestigationState::Open;
    Instant createdAt, updatedAt;
    std::string title;
    std::vector<std::string> tags;
    std::uint32_t pins = 0, notes = 0, hypotheses = 0;
};
/// Changed last first. With a text, those in which it stands.
[[nodiscard]] Result<std::vector<CaseListEntry>> listCases(Connection &connection,
                                                           const CaseListQuery &query);
struct CaseItemHit {
    schema::InvestigationId investigation;
    schema::CaseItem item;
};
/// Items that are not removed in which the text stands, changed last first.
[[nodiscard]] Result<std::vector<CaseItemHit>>
findCaseItems(Connection &connection, const CaseListQuery &query, std::uint32_t limit = 500);

/// With removed items, evidence and journal. NotFound where there is none.
[[nodiscard]] Result<schema::Investigation> loadCase(Connection &connection,
                                                     schema::InvestigationId id);
/// Those of `ids` that exist, in any order.
[[nodiscard]] Result<std::vector<schema::CaseItem>>
loadCaseItems(Connection &connection, schema::InvestigationId id,
              std::span<const schema::CaseItemId> ids);

struct CaseEdits {
    std::vector<schema::CaseItem> items;   ///< as stored now, in the order of the edits
    std::vector<schema::CaseItemId> stale; ///< were not taken
    std::vector<schema::CaseStep> steps;   ///< of those that were
};
/// Each item carries the revision that it was made from. Where that is the stored one (0: none), it
/// is stored with the next revision; where it is not, the stored one stays and is told as stale.
/// What is stored already succeeds again without a new revision, so a lost answer may be asked for
/// once more. The first edit of an investigation brings its head; Denied for an archived one,
/// NotFound for one that nobody began. Give validated items, each once.
[[nodiscard]] Result<CaseEdits> editCase(Connection &connection, schema::InvestigationId id,
                                         std::span<const schema::CaseItem> items, Instant now);

/// What is known by its hash keeps its content; one that was withheld gets it.
[[nodiscard]] Status storeCaseEvidence(Connection &connection, schema::InvestigationId id,
                                       std::span<const schema::CaseEvidence> evidence);
[[nodiscard]] Status setCaseState(Connection &connection, schema::InvestigationId id,
                                  schema::InvestigationState state, Instant now);

struct CaseMerge {
    std::uint32_t added = 0;   ///< nobody here had them
    std::uint32_t updated = 0; ///< came from what is here
    std::uint32_t kept = 0;    ///< the same, or what is here came from them
    std::uint32_t copies = 0;  ///< changed on both sides: theirs stands beside ours
};
/// Takes in an investigation from elsewhere, item by item, and loses nothing: an item that changed
/// on both sides stays as it is here, and theirs becomes an item of its own, always the same one.
/// So a second merge changes nothing. Give a validated investigation.
[[nodiscard]] Result<CaseMerge> mergeCase(Connection &connection, const schema::Investigation &from,
                                          Instant now);

} // namespace chrona::storage
