// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/correction.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What people put right (docs/adr/0084-corrections.md), and the models that learned from it.
namespace chrona::storage {

/// A correction with the text it was made of, which stays when the event goes.
struct KeptCorrection {
    schema::Correction correction;
    std::string title, summary, publisher;
};

/// Keeps it and puts the event's links and, for a story, the day's stories right. Gives what stood
/// there before. NotFound for an event, an entity to be added or a story that does not exist;
/// InvalidInput for a correction that is none.
[[nodiscard]] Result<std::optional<schema::Correction>>
saveCorrection(Connection &connection, const schema::Correction &correction);

/// Takes it back: the links are those that they were before. Gives what it was; nothing where there
/// was none.
[[nodiscard]] Result<std::optional<schema::Correction>>
removeCorrection(Connection &connection, const schema::Correction &which);

[[nodiscard]] Result<std::vector<schema::Correction>> loadCorrections(Connection &connection,
                                                                      schema::EventId event);
/// Newest first; all kinds where none is given.
[[nodiscard]] Result<std::vector<KeptCorrection>>
loadCorrections(Connection &connection, std::optional<schema::CorrectionKind> kind,
                std::uint32_t limit);
/// Into which stories people put events of a time.
[[nodiscard]] Result<std::map<schema::EventId, schema::ClusterId>>
loadStoryPins(Connection &connection, Instant from, Instant to);

/// Puts right the links of events that were stored just now, and keeps what they were. Part of the
/// transaction that stores them, so an event is never seen without its corrections.
[[nodiscard]] Status applyCorrections(Connection &connection, std::span<const std::int64_t> events);

/// Takes corrections off and puts them on again that an older program put on by other rules: the
/// targets that a topic exposes may have changed since. At most so many events, each in its own
/// transaction; gives those that it changed.
[[nodiscard]] Result<std::vector<schema::EventId>> renewCorrections(Connection &connection,
                                                                    std::uint32_t eventsMax);

struct LearnedModel {
    std::string name; ///< "topic", "relevance"
    Instant madeAt;
    std::int64_t corrections = 0, examples = 0, labels = 0;
    double score = 0, baseline = 0; ///< of corrections that were held out, 0–1
    bool isUsed = false;
    std::string bytes; ///< empty where only the scores were asked for
};
[[nodiscard]] Status saveModel(Connection &connection, const LearnedModel &model);
[[nodiscard]] Status removeModel(Connection &connection, const std::string &name);
[[nodiscard]] Result<std::optional<LearnedModel>> loadModel(Connection &connection,
                                                            const std::string &name);
[[nodiscard]] Result<std::vector<LearnedModel>> loadModelScores(Connection &connection);

} // namespace chrona::storage
