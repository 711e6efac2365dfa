// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/case_fields.h"
#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// Investigations. Edits are of items, each made from a revision; two clients merge by item.
namespace chrona::ipc {

struct CaseSummary {
    schema::InvestigationId id;
    std::string title;
    schema::InvestigationState state = schema::InvestigationState::Open;
    std::vector<std::string> tags;
    Instant createdAt, updatedAt;
    std::uint32_t pins = 0, notes = 0, hypotheses = 0;
    static constexpr auto fields()
    {
        using T = CaseSummary;
        return fieldList(required("id", &T::id), required("title", &T::title),
                         field("state", &T::state), field("tags", &T::tags),
                         field("created_at", &T::createdAt), field("updated_at", &T::updatedAt),
                         field("pins", &T::pins), field("notes", &T::notes),
                         field("hypotheses", &T::hypotheses));
    }
    friend bool operator==(const CaseSummary &, const CaseSummary &) = default;
};

/// An item in which the words that were searched for stand.
struct CaseHit {
    schema::InvestigationId investigation;
    schema::CaseItemId item;
    schema::CaseItemKind kind = schema::CaseItemKind::Note;
    std::string summary;
    static constexpr auto fields()
    {
        using T = CaseHit;
        return fieldList(required("case", &T::investigation), required("item", &T::item),
                         field("kind", &T::kind), field("summary", &T::summary));
    }
    friend bool operator==(const CaseHit &, const CaseHit &) = default;
};

struct CasesReply {
    static constexpr std::uint16_t kType = 0x0c01;
    std::vector<CaseSummary> cases; ///< changed last first
    std::vector<CaseHit> hits;      ///< at most 500; empty unless text was given
    std::string model;              ///< whose vectors were compared; empty: words were
    static constexpr auto fields()
    {
        return fieldList(field("cases", &CasesReply::cases), field("hits", &CasesReply::hits),
                         field("model", &CasesReply::model));
    }
    friend bool operator==(const CasesReply &, const CasesReply &) = default;
};

struct CasesRequest {
    static constexpr std::uint16_t kType = 0x0c00;
    using Reply = CasesReply;
    bool withArchived = false;
    std::string text; ///< words in any item; only investigations with hits are listed. Empty: all
    /// Items that mean something alike, best first, where a model for that is set; else by words.
    bool byMeaning = false;
    static constexpr auto fields()
    {
        return fieldList(field("with_archived", &CasesRequest::withArchived),
                         field("text", &CasesRequest::text),
                         field("by_meaning", &CasesRequest::byMeaning));
    }
    friend bool operator==(const CasesRequest &, const CasesRequest &) = default;
};

struct CaseReply {
    static constexpr std::uint16_t kType = 0x0c03;
    schema::Investigation investigation;
    static constexpr auto fields()
    {
        return fieldList(required("investigation", &CaseReply::investigation));
    }
    friend bool operator==(const CaseReply &, const CaseReply &) = default;
};

/// The whole of one, removed items included.
struct CaseOpen {
    static constexpr std::uint16_t kType = 0x0c02;
    using Reply = CaseReply;
    schema::InvestigationId id;
    static constexpr auto fields() { return fieldList(required("id", &CaseOpen::id)); }
    friend bool operator==(const CaseOpen &, const CaseOpen &) = default;
};

struct CaseEditReply {
    static constexpr std::uint16_t kType = 0x0c05;
    std::vector<schema::CaseItem> items;   ///< as they are stored now, in the order of the edits
    std::vector<schema::CaseItemId> stale; ///< were not taken: somebody was faster
    std::vector<schema::CaseEvidence> evidence; ///< taken for what was pinned
    std::vector<schema::CaseStep> steps;
    static constexpr auto fields()
    {
        using T = CaseEditReply;
        return fieldList(field("items", &T::items), field("stale", &T::stale),
                         field("evidence", &T::evidence), field("steps", &T::steps));
    }
    friend bool operator==(const CaseEditReply &, const CaseEditReply &) = default;
};

/// An item whose revision is the stored one (0: a new one) is stored with the next; another is
/// answered as stale with what is stored. The same content again is success. An investigation
/// begins with the edit that brings its head.
struct CaseEdit {
    static constexpr std::uint16_t kType = 0x0c04;
    using Reply = CaseEditReply;
    static constexpr std::size_t kItemsMax = 1000;
    schema::InvestigationId investigation;
    std::vector<schema::CaseItem> items;
    static constexpr auto fields()
    {
        return fieldList(required("case", &CaseEdit::investigation),
                         required("items", &CaseEdit::items));
    }
    friend bool operator==(const CaseEdit &, const CaseEdit &) = default;
};

struct CaseArchive {
    static constexpr std::uint16_t kType = 0x0c06;
    using Reply = Done;
    schema::InvestigationId investigation;
    bool archived = true; ///< false: it is opened again
    static constexpr auto fields()
    {
        return fieldList(required("case", &CaseArchive::investigation),
                         field("archived", &CaseArchive::archived));
    }
    friend bool operator==(const CaseArchive &, const CaseArchive &) = default;
};

struct CaseImportReply {
    static constexpr std::uint16_t kType = 0x0c08;
    std::uint32_t added = 0;   ///< nobody had them
    std::uint32_t updated = 0; ///< came from what was here
    std::uint32_t kept = 0;    ///< the same, or older than what is here
    std::uint32_t copies = 0;  ///< changed on both sides: theirs stands beside ours
    static constexpr auto fields()
    {
        using T = CaseImportReply;
        return fieldList(field("added", &T::added), field("updated", &T::updated),
                         field("kept", &T::kept), field("copies", &T::copies));
    }
    friend bool operator==(const CaseImportReply &, const CaseImportReply &) = default;
};

/// Merges an investigation from elsewhere by item, without loss. Again, it changes nothing.
struct CaseImport {
    static constexpr std::uint16_t kType = 0x0c07;
    using Reply = CaseImportReply;
    schema::Investigation investigation;
    static constexpr auto fields()
    {
        return fieldList(required("investigation", &CaseImport::investigation));
    }
    friend bool operator==(const CaseImport &, const CaseImport &) = default;
};

/// Takes the evidence of these pins (none: of all) anew, as things are now.
struct CaseSnapshot {
    static constexpr std::uint16_t kType = 0x0c09;
    using Reply = CaseEditReply;
    schema::InvestigationId investigation;
    std::vector<schema::CaseItemId> pins;
    static constexpr auto fields()
    {
        return fieldList(required("case", &CaseSnapshot::investigation),
                         field("pins", &CaseSnapshot::pins));
    }
    friend bool operator==(const CaseSnapshot &, const CaseSnapshot &) = default;
};

/// Items of an investigation are new. Empty lists: more changed than is told; ask for it again.
struct CaseChanged {
    static constexpr std::uint16_t kType = 0x0c80;
    static constexpr Topic kTopic = Topic::Cases;
    schema::InvestigationId investigation;
    std::vector<schema::CaseItem> items;
    std::vector<schema::CaseEvidence> evidence;
    std::vector<schema::CaseStep> steps;
    static constexpr auto fields()
    {
        using T = CaseChanged;
        return fieldList(required("case", &T::investigation), field("items", &T::items),
                         field("evidence", &T::evidence), field("steps", &T::steps));
    }
    friend bool operator==(const CaseChanged &, const CaseChanged &) = default;
};

} // namespace chrona::ipc
