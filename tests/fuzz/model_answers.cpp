// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/assist/fact_wording.h"
#include "chrona/assist/headline_questions.h"
#include "chrona/schema/topic.h"

using namespace chrona;
using fuzz::mustHold;

/// Whatever a language model says: an answer for each question, within its bounds, or none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    constexpr std::size_t kHeadlines = 3;
    if (const auto answers = assist::readAnswers(text, kHeadlines)) {
        mustHold(answers->size() == kHeadlines);
        for (const auto &answer : *answers)
            mustHold(!answer || (schema::topicFrom(answer->topic) && answer->line.size() <= 240 &&
                                 answer->entities.size() <= 8));
    }
    const std::vector<assist::Passage> passages{
        {{"SPY fell 1.2 % to 455.31 on 2026-11-20."}},
        {{"Two quakes struck Chile.", "Oil may rise, said \"the desk\"."}}};
    if (const auto texts = assist::readWordings(text, passages)) {
        mustHold(texts->size() == passages.size());
        for (std::size_t i = 0; i < passages.size(); ++i)
            mustHold(!(*texts)[i] || assist::holdsAgainst(*(*texts)[i], passages[i]));
    }
    for (const assist::Passage &passage : passages)
        (void)assist::holdsAgainst(text, passage);
    return 0;
}
