// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_feeds.h"

#include "payload_file.h"

#include "chrona/formats/json_writer.h"
#include "chrona/formats/opml.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr std::size_t kFeedsMax = 1'000;

template <class Value>
Status readWord(const Arguments &arguments, std::string_view option, Value &value,
                std::optional<Value> (*read)(std::string_view))
{
    const auto word = arguments.value(option);
    if (!word)
        return {};
    const auto known = read(*word);
    if (!known)
        return fail(ErrorCode::InvalidInput, std::format("--{} is \"{}\"; see --help for what it "
                                                         "can be",
                                                         option, *word));
    value = *known;
    return {};
}

Status readEvery(const Arguments &arguments, ipc::SourceAdd &request)
{
    const auto every = arguments.value("every");
    if (!every)
        return {};
    const auto duration = parseDuration(*every);
    if (!duration)
        return fail(ErrorCode::InvalidInput,
                    std::format("--every is \"{}\", must be like 30m or 2h", *every));
    request.every = *duration;
    return {};
}

/// The terms of a person's own system are its own: the connector's entry has them.
Result<ipc::SourceAdd> installationFrom(const Arguments &arguments)
{
    ipc::SourceAdd request;
    for (const OptionSpec &option : kTermsOptions)
        if (option.name != "every" && arguments.has(option.name))
            return fail(ErrorCode::InvalidInput,
                        std::format("--{} is for feeds; what a system of your own holds is yours",
                                    option.name));
    if (auto every = readEvery(arguments, request); !every)
        return std::unexpected(every.error());
    return request;
}

struct RefusedFeed {
    std::string address;
    std::string reason;
};

struct ListReport {
    std::size_t added = 0, known = 0;
    std::vector<RefusedFeed> refused;
};

void print(Invocation &invocation, const ListReport &report)
{
    if (!invocation.asJson) {
        FactList facts;
        facts.add("added", std::to_string(report.added));
        facts.add("already there", std::to_string(report.known));
        facts.add("refused", std::to_string(report.refused.size()));
        facts.print(invocation.out());
        if (report.refused.empty())
            return;
        Table table({{"FEED"}, {"REASON"}});
        for (const RefusedFeed &feed : report.refused)
            table.add({feed.address, feed.reason});
        invocation.out() << "\n";
        table.print(invocation.out());
        return;
    }
    std::string document;
    formats::JsonWriter json(document);
    json.beginObject()
        .member("added", report.added)
        .member("known", report.known)
        .key("refused")
        .beginArray();
    for (const RefusedFeed &feed : report.refused)
        json.beginObject().member("feed", feed.address).member("reason", feed.reason).endObject();
    json.endArray().endObject();
    invocation.out() << document << "\n";
}

} // namespace

Result<ipc::SourceAdd> termsFrom(const Arguments &arguments)
{
    ipc::SourceAdd request;
    request.termsUrl = arguments.value("terms").value_or("");
    request.licence = arguments.value("licence").value_or("");
    std::string open;
    for (const std::string_view question : {"terms", "licence", "redistribution"})
        if (!arguments.value(question))
            open += std::format("{}--{}", open.empty() ? "" : ", ", question);
    if (!open.empty())
        return fail(
            ErrorCode::InvalidInput,
            std::format("under which terms? Nothing is read without an answer to: {}", open));
    const Status words =
        readWord(arguments, "redistribution", request.redistribution, schema::redistributionFrom)
            .and_then([&] {
                return readWord(arguments, "retention", request.retention,
                                schema::retentionClassFrom);
            })
            .and_then(
                [&] { return readWord(arguments, "keep", request.mode, schema::ingestModeFrom); });
    if (!words)
        return std::unexpected(words.error());
    request.attribution = arguments.value("attribution").value_or("");
    request.publisherFamily = arguments.value("family").value_or("");
    if (auto every = readEvery(arguments, request); !every)
        return std::unexpected(every.error());
    return request;
}

ExitCode addFeed(Invocation &invocation)
{
    const auto feed = invocation.arguments.value("feed");
    if (!feed)
        return invocation.usage("which feed? --feed URL");
    const auto connector = invocation.arguments.value("connector");
    auto request =
        connector ? installationFrom(invocation.arguments) : termsFrom(invocation.arguments);
    if (!request)
        return invocation.usage(request.error());
    request->address = *feed;
    request->connector = connector.value_or("");
    request->name = invocation.arguments.value("name").value_or("");
    const auto added = askService(invocation, *request);
    if (!added)
        return added.error();
    const schema::Source &source = added->entry.source;
    if (invocation.asJson) {
        std::string document;
        formats::JsonWriter(document)
            .beginObject()
            .member("id", source.key)
            .member("name", source.name)
            .member("address", source.address)
            .endObject();
        invocation.out() << document << "\n";
    } else {
        invocation.out() << std::format("{}\n", source.key);
    }
    return ExitCode::Done;
}

ExitCode importFeeds(Invocation &invocation, const std::string &path)
{
    const auto terms = termsFrom(invocation.arguments);
    if (!terms)
        return invocation.usage(terms.error());
    const auto bytes = readPayload(path);
    if (!bytes)
        return invocation.failed(bytes.error());
    const auto feeds = formats::readOpml(*bytes);
    if (!feeds)
        return invocation.failed(feeds.error());
    if (feeds->size() > kFeedsMax)
        return invocation.failed(
            {ErrorCode::InvalidInput, std::format("{} names {} feeds; at most {} are taken at once",
                                                  path, feeds->size(), kFeedsMax)});
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    ListReport report;
    for (const formats::OpmlFeed &feed : *feeds) {
        ipc::SourceAdd request = *terms;
        request.address = feed.url;
        request.name = feed.title;
        const auto added = link->request(request);
        if (added)
            ++report.added;
        else if (added.error().code == ErrorCode::Conflict)
            ++report.known;
        else if (added.error().code == ErrorCode::InvalidInput ||
                 added.error().code == ErrorCode::Denied)
            report.refused.push_back({feed.url, describe(added.error())});
        else
            return invocation.failed(added.error());
    }
    print(invocation, report);
    return report.refused.empty() ? ExitCode::Done : ExitCode::Failed;
}

} // namespace chrona::cli
