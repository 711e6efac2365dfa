// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_words.h"

#include "brief_pipeline.h"
#include "model_asking.h"
#include "settings.h"

#include "chrona/assist/fact_wording.h"
#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/formats/briefing_json.h"
#include "chrona/formats/json.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

using Steady = std::chrono::steady_clock;

constexpr const char *kWordsQueue = "words"; // a thread of its own: a model may hang
constexpr std::size_t kSentencesMax = 64;    // of one briefing

/// Facts, and the place of the sentence that they are; of a summary the first section.
struct OpenPassage {
    assist::Passage passage;
    std::size_t section = 0, block = 0;
    Hash128 key;
};

bool isSaidAgain(schema::SectionKind kind)
{
    using enum schema::SectionKind;
    return kind != Changes && kind != DataHealth && kind != Notes && kind != Sources;
}

std::vector<OpenPassage> passagesOf(const schema::Briefing &briefing, WordsOf of,
                                    const std::string &model)
{
    std::vector<OpenPassage> passages;
    assist::Passage whole;
    for (std::size_t i = 0; i < briefing.sections.size(); ++i) {
        const schema::Section &section = briefing.sections[i];
        for (std::size_t j = 0; isSaidAgain(section.kind) && j < section.blocks.size(); ++j) {
            const auto *one = std::get_if<schema::Statement>(&section.blocks[j]);
            if (one == nullptr || one->text.size() > assist::kFactBytesMax)
                continue;
            if (of == WordsOf::Day && passages.size() < kSentencesMax)
                passages.push_back({{{one->text}}, i, j, {}});
            else if (of == WordsOf::Explanation && whole.facts.size() < assist::kFactsMax)
                whole.facts.push_back(one->text);
        }
    }
    if (!whole.facts.empty())
        passages.push_back({std::move(whole), 0, 0, {}});
    for (OpenPassage &one : passages)
        one.key = assist::wordingKey(model, one.passage);
    return passages;
}

/// What sums up may be no surer than the facts, and rests on what they rest on.
schema::Statement summaryOf(const schema::Briefing &briefing, const assist::Passage &passage,
                            std::string text)
{
    schema::Statement summary;
    summary.text = std::move(text);
    summary.basis = schema::StatementBasis::Computed;
    summary.key = schema::kModelSummaryKey;
    for (const std::string &fact : passage.facts)
        summary.given += (summary.given.empty() ? "" : "\n") + fact;
    for (const schema::Section &section : briefing.sections) {
        for (const schema::Block &block : section.blocks) {
            const auto *one = std::get_if<schema::Statement>(&block);
            if (one == nullptr || !std::ranges::contains(passage.facts, one->text))
                continue;
            summary.confidence = std::min(summary.confidence, one->confidence);
            if (one->basis == schema::StatementBasis::Conjecture)
                summary.basis = one->basis;
            for (const schema::Evidence &evidence : one->evidence)
                if (!std::ranges::contains(summary.evidence, evidence))
                    summary.evidence.push_back(evidence);
        }
    }
    return summary;
}

void putInPlace(schema::Briefing &briefing, const OpenPassage &at, const std::string &text,
                WordsOf of)
{
    auto &blocks = briefing.sections[at.section].blocks;
    if (of == WordsOf::Explanation) {
        blocks.insert(blocks.begin(), summaryOf(briefing, at.passage, text));
        return;
    }
    auto &statement = std::get<schema::Statement>(blocks[at.block]);
    statement.given = std::exchange(statement.text, text);
}

/// What was asked before, by its key; empty texts did not hold.
Result<std::vector<storage::ModelText>> knownOf(storage::Connection &connection,
                                                const std::vector<OpenPassage> &passages)
{
    std::vector<Hash128> keys;
    for (const OpenPassage &one : passages)
        keys.push_back(one.key);
    return storage::findModelTexts(connection, keys);
}

/// One question; false when it makes no sense to ask on.
Result<bool> askForPassages(storage::Connection &connection, assist::ModelClient &client,
                            const WordsChoice &choice, std::span<const OpenPassage> open,
                            Steady::time_point until, WordsMade &made, const std::stop_token &stop)
{
    std::vector<assist::Passage> passages;
    for (const OpenPassage &one : open)
        passages.push_back(one.passage);
    auto question = assist::wordingQuestion(choice.model, passages);
    question.timeMax = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now());
    if (question.timeMax <= std::chrono::milliseconds(0))
        return false;
    const Instant now = SystemClock().now();
    auto asked = askWithinCaps(connection, client, choice.limits, question, now, "briefing", stop);
    if (!asked)
        return std::unexpected(asked.error());
    if (!*asked)
        return false;
    auto &[answer, more] = **asked;
    const auto read =
        answer ? assist::readWordings(answer->content, passages) : std::unexpected(answer.error());
    for (std::size_t i = 0; read && i < open.size(); ++i) {
        const std::string text = read->at(i).value_or("");
        text.empty() ? ++more.refused : ++made.held;
        if (auto kept = storage::saveModelText(connection, {open[i].key, choice.model, text, now});
            !kept)
            return std::unexpected(kept.error());
    }
    if (!read)
        log::warning("briefing", "{}", describe(read.error()));
    made.asked += static_cast<std::int64_t>(open.size());
    if (auto counted = storage::addSpending(connection, now, more); !counted)
        return std::unexpected(counted.error());
    return answer.has_value();
}

Result<Date> wordsDayOf(const jobs::ClaimedJob &job)
{
    const auto payload = formats::JsonDocument::parse(job.payload);
    if (!payload)
        return std::unexpected(payload.error());
    return parseDate(payload->root()["date"].asString().value_or(""));
}

/// The day's stored briefing with the model's words, under the number of the one that they were put
/// into; nothing where it says none.
Result<std::optional<storage::BriefingRecord>> withWords(storage::Connection &connection,
                                                         const Settings &settings, Date day,
                                                         const std::stop_token &stop)
{
    const auto stored = storage::loadBriefing(connection, day);
    if (!stored)
        return std::unexpected(stored.error());
    auto read = formats::readBriefingJson(stored->document);
    if (!read)
        return std::unexpected(read.error());
    schema::Briefing briefing = schema::withoutModelWords(std::move(*read));
    if (const auto made = askForWords(connection, settings, briefing, WordsOf::Day, stop); !made)
        return std::unexpected(made.error());
    const auto put = putKnownWords(connection, settings, briefing, WordsOf::Day);
    if (!put)
        return std::unexpected(put.error());
    auto record = recordOf(briefing);
    if (record.document == stored->document)
        return std::nullopt;
    record.revision = stored->revision;
    return record;
}

} // namespace

std::optional<WordsChoice> wordsChoice(const Settings &settings)
{
    WordsChoice choice;
    choice.endpoint.address = settings.text("assist.ollama");
    choice.model = settings.text("assist.model");
    if (!settings.flag("briefing.model_words") || choice.endpoint.address.empty() ||
        choice.model.empty())
        return std::nullopt;
    choice.limits = {settings.number("assist.calls_per_hour"),
                     settings.number("assist.tokens_per_day"), 0};
    choice.timeMax = std::chrono::seconds(settings.number("briefing.model_seconds"));
    return choice;
}

Result<ipc::ModelWords> putKnownWords(storage::Connection &connection, const Settings &settings,
                                      schema::Briefing &briefing, WordsOf of)
{
    const auto choice = wordsChoice(settings);
    if (!choice)
        return ipc::ModelWords::Off;
    const auto passages = passagesOf(briefing, of, choice->model);
    const auto known = knownOf(connection, passages);
    if (!known)
        return std::unexpected(known.error());
    std::size_t asked = 0;
    for (const OpenPassage &one : passages) {
        const auto found = std::ranges::find(*known, one.key, &storage::ModelText::asked);
        if (found == known->end())
            continue;
        ++asked;
        // Held against the facts once more: the rules may be stricter than when it was said.
        if (found->text.empty() || !assist::holdsAgainst(found->text, one.passage))
            continue;
        putInPlace(briefing, one, found->text, of);
        briefing.wordsBy = choice->model;
    }
    return asked == passages.size() ? ipc::ModelWords::There : ipc::ModelWords::Possible;
}

Result<WordsMade> askForWords(storage::Connection &connection, const Settings &settings,
                              const schema::Briefing &briefing, WordsOf of,
                              const std::stop_token &stop)
{
    WordsMade made;
    const auto choice = wordsChoice(settings);
    if (!choice)
        return made;
    auto passages = passagesOf(briefing, of, choice->model);
    const auto known = knownOf(connection, passages);
    if (!known)
        return std::unexpected(known.error());
    std::erase_if(passages, [&known](const OpenPassage &one) {
        return std::ranges::contains(*known, one.key, &storage::ModelText::asked);
    });
    if (passages.empty())
        return made;
    const auto client = assist::ModelClient::open(choice->endpoint);
    if (!client) {
        log::warning("briefing", "{}", describe(client.error()));
        return made;
    }
    const auto until = Steady::now() + choice->timeMax;
    std::span<const OpenPassage> rest(passages);
    while (!rest.empty() && !stop.stop_requested()) {
        const auto part = rest.first(std::min(rest.size(), assist::kPassagesPerQuestion));
        const auto goOn = askForPassages(connection, **client, *choice, part, until, made, stop);
        if (!goOn)
            return std::unexpected(goOn.error());
        if (!*goOn)
            break;
        rest = rest.subspan(part.size());
    }
    return made;
}

JobRunner::Kind wordsKind(const Settings &settings)
{
    return {kWordsQueue, kBriefingWords,
            [&settings](storage::Connection &connection, RunningJob &job) -> Result<JobEffect> {
                const auto day = wordsDayOf(job.claimed());
                if (!day)
                    return std::unexpected(day.error());
                job.report({.share = 0.1F, .note = kBriefingWords});
                auto made = withWords(connection, settings, *day, job.stopToken());
                if (!made)
                    return std::unexpected(made.error());
                if (!*made)
                    return JobEffect{};
                return JobEffect{
                    .store = [record = std::move(**made)](storage::Connection &open) -> Status {
                        const auto newest = storage::loadBriefing(open, record.day);
                        if (!newest)
                            return std::unexpected(newest.error());
                        if (newest->revision != record.revision)
                            return {}; // it was made again meanwhile, and will be asked about
                        return storage::storeBriefing(open, record).transform([](std::uint32_t) {});
                    }};
            }};
}

Status enqueueWords(storage::Connection &connection, const Settings &settings, Date day)
{
    if (!wordsChoice(settings))
        return {};
    const std::string date = formatDate(day);
    return jobs::enqueue(connection, {.queue = kWordsQueue,
                                      .kind = kBriefingWords,
                                      .payload = std::format(R"({{"date":"{}"}})", date),
                                      .uniqueKey = date,
                                      .attemptsMax = 2})
        .transform([](const jobs::Enqueued &) {});
}

} // namespace chrona::service
