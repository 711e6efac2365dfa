// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

#include "chrona/assist/model_budget.h"
#include "chrona/assist/model_client.h"
#include "chrona/ipc/messages_brief.h"
#include "chrona/schema/briefing.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace chrona::service {

class Settings;

/// A language model's words in a briefing, which is whole without them and never waits for them:
/// what was said before is put in place when a briefing is made, the rest is asked for afterwards
/// by a job with a queue of its own. Kept by what was asked, so the same facts have the same words.
inline constexpr const char *kBriefingWords = "briefing.words";

/// Which model is asked, and within what. Only one on this machine.
struct WordsChoice {
    assist::ModelEndpoint endpoint;
    std::string model;
    assist::ModelLimits limits;
    std::chrono::milliseconds timeMax{0}; ///< for one document
};
/// Nothing where it is not switched on (briefing.model_words) or no model is named.
[[nodiscard]] std::optional<WordsChoice> wordsChoice(const Settings &settings);

/// Of a day each sentence is said again; of an explanation there is one passage that sums it up.
enum class WordsOf : std::uint8_t { Day, Explanation };

/// Puts in place what the model said about these facts before, and says whether there are facts
/// that it was not asked about.
[[nodiscard]] Result<ipc::ModelWords> putKnownWords(storage::Connection &connection,
                                                    const Settings &settings,
                                                    schema::Briefing &briefing, WordsOf of);

struct WordsMade {
    std::int64_t asked = 0, held = 0;
};
/// Asks about the facts of a briefing without words, within the caps and the time, and keeps what
/// holds and that something did not. A model that is not there, hangs or says nonsense is no error.
[[nodiscard]] Result<WordsMade> askForWords(storage::Connection &connection,
                                            const Settings &settings,
                                            const schema::Briefing &briefing, WordsOf of,
                                            const std::stop_token &stop);

/// `settings` must outlive the runner.
[[nodiscard]] JobRunner::Kind wordsKind(const Settings &settings);
/// Where it is switched on.
[[nodiscard]] Status enqueueWords(storage::Connection &connection, const Settings &settings,
                                  Date day);

} // namespace chrona::service
