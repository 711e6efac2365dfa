// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/payload.h"

#include "chrona/formats/period.h"

#include <algorithm>
#include <optional>

namespace chrona::connect {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 32) - 'a' + 10;
    return -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
                            hexDigit(text[i + 2]) >= 0;
        plain += escape ? static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]))
                        : text[i];
        i += escape ? 2 : 0;
    }
    return plain;
}

} // namespace

Result<formats::JsonDocument> readJsonPayload(std::string_view payload)
{
    if (payload.starts_with(kByteOrderMark))
        payload.remove_prefix(kByteOrderMark.size());
    const std::size_t first = payload.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "the payload is empty");
    if (payload[first] == '<')
        return fail(ErrorCode::InvalidInput, "the payload is markup (HTML or XML) and not JSON");
    return formats::JsonDocument::parse(payload);
}

Result<double> numberOf(formats::JsonValue value)
{
    if (const auto text = value.asString())
        return formats::parseNumber(*text);
    if (value.asDouble())
        return formats::parseNumber(value.toJson());
    return fail(ErrorCode::InvalidInput, "there is no number");
}

std::string textOf(formats::JsonValue value)
{
    using JsonKind = formats::JsonValue::Kind;
    if (const auto text = value.asString())
        return std::string(*text);
    const bool number = value.kind() == JsonKind::Integer || value.kind() == JsonKind::Double;
    return number ? value.toJson() : std::string();
}

std::string queryValue(std::string_view url, std::string_view name)
{
    const std::size_t begin = url.find('?');
    if (begin == std::string_view::npos)
        return {};
    std::string_view rest = url.substr(begin + 1, url.find('#') - begin - 1);
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
            return percentDecoded(part.substr(name.size() + 1));
    }
    return {};
}

std::string subjectOf(const RawItem &item)
{
    std::string_view name = item.sourceRef;
    name = name.substr(name.find_last_of("/\\") + 1);
    name = name.substr(0, name.find('.'));
    name = name.substr(name.rfind('-') + 1);
    std::string subject;
    for (const char c : name)
        subject += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return subject;
}

Status fetchItem(const Connector &connector, Fetcher &fetcher, Question question, Fetched &fetched)
{
    auto response = fetcher.get(question.request);
    if (!response)
        return std::unexpected(response.error());
    if (response->notModified || response->status == 204)
        return {};
    RawItem item;
    item.kind = question.kind;
    item.url = response->url.empty() ? question.request.url : std::move(response->url);
    item.sourceRef = question.sourceRef.empty() ? item.url : std::move(question.sourceRef);
    item.contentType = std::move(response->contentType);
    item.payload = std::move(response->body);
    item.publishedAt = response->lastModified;
    item.fetchedAt = response->fetchedAt;
    if (const auto drafts = connector.normalize(item); !drafts) {
        Error error = drafts.error();
        error.retryable = true;
        return std::unexpected(std::move(error));
    }
    fetched.items.push_back(std::move(item));
    return {};
}

Result<Fetched> fetchEach(const Connector &connector, Fetcher &fetcher,
                          std::vector<Question> questions, std::stop_token stop)
{
    Fetched fetched;
    for (Question &question : questions) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the fetch was stopped");
        const std::string url = question.request.url;
        if (auto done = fetchItem(connector, fetcher, std::move(question), fetched); !done) {
            if (done.error().code != ErrorCode::NotFound)
                return std::unexpected(done.error());
            fetched.warnings.push_back(url + ": " + done.error().what);
        }
    }
    return fetched;
}

Result<Fetched> pollDocuments(const FetchTask &task, Fetcher &fetcher, const std::stop_token &stop,
                              std::span<const PolledDocument> documents, const Connector &reader)
{
    Fetched fetched;
    std::optional<Error> first;
    std::size_t answered = 0;
    for (const PolledDocument &document : documents) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the fetch was stopped");
        const Status done = fetchItem(reader, fetcher,
                                      {.request = {.url = document.url,
                                                   .accept = document.accept,
                                                   .bodyBytesMax = document.bodyBytesMax},
                                       .kind = document.kind},
                                      fetched);
        if (done) {
            ++answered;
            continue;
        }
        fetched.warnings.push_back(document.url + ": " + done.error().what);
        if (!first)
            first = done.error();
    }
    if (answered == 0 && first)
        return std::unexpected(*first);
    fetched.nextCursor = formatInstant(task.now);
    return fetched;
}

} // namespace chrona::connect
