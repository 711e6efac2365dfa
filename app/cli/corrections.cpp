// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_filter.h"
#include "words.h"

#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

using schema::CorrectionKind;

/// The one thing that is put right: which option says so, and what it says.
struct Said {
    std::string_view option;
    CorrectionKind kind;
};
constexpr Said kSaid[] = {
    {"topic", CorrectionKind::Topic},         {"story", CorrectionKind::Story},
    {"add-entity", CorrectionKind::Entity},   {"remove-entity", CorrectionKind::Entity},
    {"relevance", CorrectionKind::Relevance},
};

Result<std::string> valueFor(const Said &said, const std::string &word)
{
    if (said.kind == CorrectionKind::Entity)
        return std::string(said.option == "add-entity" ? "add" : "remove");
    if (said.kind != CorrectionKind::Relevance)
        return word;
    if (word == "yes" || word == "no")
        return std::string(word == "yes" ? "relevant" : "irrelevant");
    return fail(ErrorCode::InvalidInput,
                std::format("--relevance is \"{}\", must be yes or no", word));
}

Result<ipc::CorrectionSave> correctionFrom(const Arguments &arguments)
{
    const auto id = eventIdFrom(arguments.positionals()[1]);
    if (!id)
        return std::unexpected(id.error());
    ipc::CorrectionSave request;
    request.event = *id;
    int given = 0;
    for (const Said &said : kSaid) {
        const auto word = arguments.value(said.option);
        if (!word)
            continue;
        ++given;
        request.kind = said.kind;
        request.subject = said.kind == CorrectionKind::Entity ? *word : "";
        const auto value = valueFor(said, *word);
        if (!value && !arguments.has("undo"))
            return std::unexpected(value.error());
        request.value = arguments.has("undo") ? "" : *value;
    }
    if (given != 1)
        return fail(ErrorCode::InvalidInput, "say one thing: --topic, --story, --add-entity, "
                                             "--remove-entity or --relevance");
    if (!arguments.has("undo"))
        if (const auto faults = schema::validate(schema::Correction{
                request.event, request.kind, request.subject, request.value, {}});
            !faults.empty())
            return fail(ErrorCode::InvalidInput, schema::describe(faults));
    return request;
}

void writeCorrection(formats::JsonWriter &json, const schema::Correction &correction)
{
    json.beginObject()
        .member("event", std::to_string(correction.event.value))
        .member("kind", toString(correction.kind))
        .member("subject", correction.subject)
        .member("value", correction.value)
        .member("made_at", formatInstant(correction.madeAt));
}

std::string jsonOf(const ipc::CorrectionEntry &entry)
{
    std::string line;
    formats::JsonWriter json(line);
    writeCorrection(json, entry.correction);
    json.member("title", entry.title).endObject();
    return line;
}

std::string jsonOf(const ipc::LearnedModel &model)
{
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject()
        .member("model", model.name)
        .member("made_at", formatInstant(model.madeAt))
        .member("corrections", model.corrections)
        .member("examples", model.examples)
        .member("labels", model.labels)
        .member("score", model.score)
        .member("baseline", model.baseline)
        .member("used", model.isUsed)
        .endObject();
    return line;
}

} // namespace

ExitCode runCorrect(Invocation &invocation)
{
    if (invocation.arguments.positionals().size() != 2)
        return invocation.usage("events correct takes the id of one event");
    const auto request = correctionFrom(invocation.arguments);
    if (!request)
        return invocation.usage(request.error());
    const auto reply = askService(invocation, *request);
    if (!reply)
        return reply.error();
    if (!invocation.asJson) {
        invocation.out() << (request->value.empty() ? "taken back\n" : "kept\n");
        return ExitCode::Done;
    }
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject().key("before");
    if (reply->before) {
        writeCorrection(json, *reply->before);
        json.endObject();
    } else {
        json.null();
    }
    json.endObject();
    invocation.out() << line << "\n";
    return ExitCode::Done;
}

ExitCode runCorrections(Invocation &invocation)
{
    if (invocation.arguments.positionals().size() != 1)
        return invocation.usage("events corrections takes options only");
    const auto limit = limitFrom(invocation.arguments);
    if (!limit)
        return invocation.usage(limit.error());
    constexpr std::int64_t kMost = ipc::CorrectionsRequest::kLimitMax;
    const auto reply = askService(invocation, ipc::CorrectionsRequest{static_cast<std::uint32_t>(
                                                  *limit == 0 ? kMost : std::min(*limit, kMost))});
    if (!reply)
        return reply.error();
    for (const ipc::LearnedModel &model : reply->models)
        invocation.out() << jsonOf(model) << "\n";
    for (const ipc::CorrectionEntry &entry : reply->corrections)
        invocation.out() << jsonOf(entry) << "\n";
    return ExitCode::Done;
}

ExitCode runSearch(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const auto text = arguments.value("like"), like = arguments.value("like-event");
    if (arguments.positionals().size() != 1 || text.has_value() == like.has_value())
        return invocation.usage("events search takes --like TEXT or --like-event ID");
    ipc::SimilarQuery query;
    query.text = text.value_or("");
    if (like) {
        const auto id = eventIdFrom(*like);
        if (!id)
            return invocation.usage(id.error());
        query.event = *id;
    }
    const auto filter = eventFilterFrom(arguments);
    if (!filter)
        return invocation.usage(filter.error());
    query.from = filter->from;
    query.to = filter->to;
    const auto limit = arguments.integer("limit");
    if (!limit || (*limit && (**limit < 1 || **limit > ipc::SimilarQuery::kLimitMax)))
        return invocation.usage(
            std::format("--limit of a search must be 1 to {}", ipc::SimilarQuery::kLimitMax));
    query.limit = static_cast<std::uint32_t>(limit->value_or(query.limit));
    const auto reply = askService(invocation, query);
    if (!reply)
        return reply.error();
    for (const ipc::SimilarEvent &found : reply->events) {
        std::string line;
        formats::JsonWriter json(line);
        json.beginObject()
            .member("similarity", found.similarity)
            .member("id", std::to_string(found.event.id.value))
            .member("observed_at", formatInstant(found.event.times.observedAt))
            .member("title", found.event.title)
            .member("url", found.event.url)
            .endObject();
        invocation.out() << line << "\n";
    }
    invocation.err() << std::format("compared with {} events that have a vector of {}\n",
                                    reply->searched, reply->model);
    return ExitCode::Done;
}

} // namespace chrona::cli
