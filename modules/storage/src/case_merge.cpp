// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/case_store.h"

#include "case_rows.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace chrona::storage {
namespace {

using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;
using schema::CaseStep;
using schema::StepAction;

/// What each item has ever said, by its journal.
class Pasts {
public:
    explicit Pasts(const std::vector<CaseStep> &steps)
    {
        for (const CaseStep &step : steps) {
            m_said.emplace(step.item.value, step.hash);
            m_latest[step.item] = step.hash;
        }
    }
    [[nodiscard]] bool has(CaseItemId item, const Hash128 &hash) const
    {
        return m_said.contains({item.value, hash});
    }
    /// What an item said before words were taken out of it; its own hash otherwise.
    [[nodiscard]] Hash128 hashOf(const CaseItem &item) const
    {
        const auto latest = m_latest.find(item.id);
        return item.withheld && latest != m_latest.end() ? latest->second
                                                         : schema::contentHashOf(item);
    }

private:
    std::set<std::pair<std::int64_t, Hash128>> m_said;
    std::unordered_map<CaseItemId, Hash128> m_latest;
};

/// Theirs as an item beside ours. Its id follows from what it says, so that it comes only once.
std::optional<CaseItem> besides(const CaseItem &theirs, const Hash128 &hash)
{
    // A link says so little that the later word may stand; what is removed says nothing.
    if (theirs.removed || theirs.kind == CaseItemKind::Link)
        return std::nullopt;
    CaseItem copy = theirs;
    copy.id = {idFrom(hashOf({"copy", std::to_string(theirs.id.value), toHex(hash.bytes)}))};
    copy.copyOf = theirs.id;
    // There is one head; another title and question are kept as words.
    if (copy.kind == CaseItemKind::Case)
        copy.kind = CaseItemKind::Note;
    return copy;
}

class Merge {
public:
    Merge(Connection &connection, const schema::Investigation &from, Instant now)
        : m_connection(connection), m_from(from), m_now(now), m_theirPast(from.steps)
    {
    }

    Result<CaseMerge> run()
    {
        auto ours = loadItems(m_connection, m_from.id);
        if (!ours)
            return std::unexpected(ours.error());
        for (CaseItem &item : *ours)
            m_ours.emplace(item.id, std::move(item));
        const auto steps = loadSteps(m_connection, m_from.id);
        if (!steps)
            return std::unexpected(steps.error());
        const Pasts ourPast(*steps);
        for (const CaseItem &theirs : m_from.items)
            if (auto done = take(theirs, ourPast); !done)
                return std::unexpected(done.error());
        m_steps.insert(m_steps.end(), m_from.steps.begin(), m_from.steps.end());
        if (auto done = storeSteps(m_connection, m_from.id, m_steps); !done)
            return std::unexpected(done.error());
        return m_counts;
    }

private:
    Status take(const CaseItem &theirs, const Pasts &ourPast)
    {
        const Hash128 hash = m_theirPast.hashOf(theirs);
        const auto found = m_ours.find(theirs.id);
        if (found == m_ours.end())
            return store(theirs, theirs.revision, m_counts.added);
        const CaseItem &ours = found->second;
        const Hash128 ourHash = ourPast.hashOf(ours);
        const bool isLinkOfTheirs =
            theirs.kind == CaseItemKind::Link && theirs.changedAt > ours.changedAt;
        if (ourHash == hash && ours.withheld && !theirs.withheld)
            return store(theirs, ours.revision, m_counts.updated); // the words come home
        if (ourHash == hash || ourPast.has(theirs.id, hash) || ours.kind != theirs.kind)
            return keep();
        if (m_theirPast.has(ours.id, ourHash) || isLinkOfTheirs)
            return store(withOurWords(theirs, ours), std::max(ours.revision, theirs.revision) + 1,
                         m_counts.updated);
        const auto copy = besides(theirs, hash);
        if (!copy || m_ours.contains(copy->id))
            return keep();
        return store(*copy, 1, m_counts.copies);
    }

    Status keep()
    {
        ++m_counts.kept;
        return {};
    }

    /// A file that may not carry a label does not take ours away.
    static CaseItem withOurWords(CaseItem theirs, const CaseItem &ours)
    {
        if (theirs.withheld && !ours.withheld) {
            theirs.target.label = ours.target.label;
            theirs.withheld = false;
        }
        return theirs;
    }

    Status store(CaseItem item, std::uint32_t revision, std::uint32_t &count)
    {
        item.revision = std::max(1U, revision);
        if (auto done = storeItem(m_connection, m_from.id, item); !done)
            return done;
        // For a withheld item the words are not here, but what they hash to is.
        m_steps.push_back({m_now, item.id, item.kind, StepAction::Merged, item.revision,
                           m_theirPast.hashOf(item), schema::summaryOf(item)});
        ++count;
        return {};
    }

    Connection &m_connection;
    const schema::Investigation &m_from;
    const Instant m_now;
    const Pasts m_theirPast;
    std::unordered_map<CaseItemId, CaseItem> m_ours;
    std::vector<CaseStep> m_steps;
    CaseMerge m_counts;
};

} // namespace

Result<CaseMerge> mergeCase(Connection &connection, const schema::Investigation &from, Instant now)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    // The lock lasts until the end; two merges of one file come one after the other.
    if (auto made = insertCase(connection, from.id, from.createdAt, now); !made)
        return std::unexpected(made.error());
    if (const auto locked = lockCase(connection, from.id); !locked)
        return std::unexpected(locked.error());
    const auto counts = Merge(connection, from, now).run();
    if (!counts)
        return counts;
    if (auto done = storeCaseEvidence(connection, from.id, from.evidence); !done)
        return std::unexpected(done.error());
    if (counts->added + counts->updated + counts->copies > 0)
        if (auto done = touchCase(connection, from.id, now); !done)
            return std::unexpected(done.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return counts;
}

} // namespace chrona::storage
