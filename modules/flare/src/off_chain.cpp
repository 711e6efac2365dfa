// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/off_chain.h"

#include "chrona/base/log.h"
#include "chrona/net/http_client.h"

#include <algorithm>

namespace chrona::flare {
namespace {

constexpr std::size_t kDocumentBytesMax = 32 << 20, kPassesBytesMax = 8 << 20;

/// With a connection for as long as that takes, and no longer: others are asked without one.
template <class Use>
auto withChain(storage::Pool &pool, const std::string &network, const std::stop_token &stop,
               Use use) -> decltype(use(std::declval<storage::Connection &>(), ChainId{}))
{
    auto lease = pool.take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    const auto chain = openChain(**lease, network);
    if (!chain)
        return std::unexpected(chain.error());
    return use(**lease, *chain);
}

} // namespace

std::string withEpoch(std::string url, std::string_view network, std::int64_t epoch)
{
    const std::pair<std::string_view, std::string> places[] = {{"{network}", std::string(network)},
                                                               {"{epoch}", std::to_string(epoch)}};
    for (const auto &[place, word] : places)
        if (const std::size_t at = url.find(place); at != std::string::npos)
            url.replace(at, place.size(), word);
    return url;
}

OffChain::OffChain(Options options, net::HttpClient &http, std::shared_ptr<storage::Pool> pool)
    : m_options(std::move(options)), m_http(http), m_pool(std::move(pool))
{
    m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

OffChain::~OffChain()
{
    m_thread.request_stop();
}

Result<std::optional<std::string>> OffChain::document(const std::string &url)
{
    constexpr std::size_t kKeptMax = 8;
    const std::scoped_lock lock(m_mutex);
    // What nobody asks for any more.
    if (m_documents.size() >= kKeptMax && !m_documents.contains(url))
        std::erase_if(m_documents, [](const auto &entry) { return entry.second.has_value(); });
    const auto [known, isNew] = m_documents.try_emplace(url);
    if (isNew)
        m_wake.notify_all();
    if (!known->second)
        return std::nullopt;
    Result<std::string> told = std::move(*known->second);
    m_documents.erase(known);
    if (!told)
        return std::unexpected(told.error());
    return std::move(*told);
}

std::string OffChain::problem() const
{
    const std::scoped_lock lock(m_mutex);
    return m_validatorsProblem.empty() ? m_passesProblem : m_validatorsProblem;
}

void OffChain::run(std::stop_token stop)
{
    // Long ago: the clock's own beginning may be minutes past.
    SteadyTime looked = std::chrono::steady_clock::now() - m_options.every, asked = looked;
    asked -= m_options.passesEvery;
    const auto note = [this](std::string OffChain::*problem, const Status &done) {
        if (!done)
            log::info("flare", "{}: {}", m_options.network, describe(done.error()));
        const std::scoped_lock lock(m_mutex);
        this->*problem = done ? std::string() : describe(done.error());
    };
    while (!stop.stop_requested()) {
        fetchWanted(stop);
        const SteadyTime now = std::chrono::steady_clock::now();
        if (now - looked >= m_options.every) {
            looked = now;
            note(&OffChain::m_validatorsProblem, lookAtValidators(stop));
        }
        if (now - asked >= m_options.passesEvery) {
            asked = now;
            note(&OffChain::m_passesProblem, lookForPasses(stop));
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_until(lock, stop, looked + m_options.every, [this] {
            return std::ranges::any_of(m_documents,
                                       [](const auto &entry) { return !entry.second; });
        });
    }
}

void OffChain::fetchWanted(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        std::string url;
        {
            const std::scoped_lock lock(m_mutex);
            const auto wanted =
                std::ranges::find_if(m_documents, [](const auto &entry) { return !entry.second; });
            if (wanted == m_documents.end())
                return;
            url = wanted->first;
        }
        auto text = fetch(url, kDocumentBytesMax, stop);
        const std::scoped_lock lock(m_mutex);
        m_documents[url] = std::move(text);
    }
}

Result<std::string> OffChain::fetch(const std::string &url, std::size_t bytesMax,
                                    std::stop_token stop)
{
    constexpr std::chrono::seconds kAnswerMax{60};
    net::Request request{.url = url};
    request.timeouts.firstByte = request.timeouts.idle = request.timeouts.total = kAnswerMax;
    request.sizes = {.wireBytesMax = bytesMax, .bodyBytesMax = bytesMax};
    return m_http.get(request, std::move(stop)).transform([](net::Response &&response) {
        return std::move(response.body);
    });
}

Status OffChain::lookAtValidators(std::stop_token stop)
{
    if (!m_options.identity)
        return {};
    const auto registered = withChain(
        *m_pool, m_options.network, stop, [this](storage::Connection &connection, ChainId chain) {
            return registeredValidators(connection, chain, *m_options.identity);
        });
    if (!registered)
        return std::unexpected(registered.error());
    if (!*registered || (*registered)->nodes.empty())
        return {};
    Result<std::vector<ValidatorState>> seen =
        fail(ErrorCode::Unavailable, "no node is known that serves the P-chain",
             "set flare.p_rpc to one, such as https://flare-api.flare.network/ext/bc/P");
    for (const std::string &url : m_options.platforms)
        if (seen = readValidators(m_http, url, (*registered)->nodes, stop); seen)
            break;
    if (!seen)
        return std::unexpected(seen.error());
    return withChain(
        *m_pool, m_options.network, stop, [&](storage::Connection &connection, ChainId chain) {
            return noteValidators(connection, chain, *m_options.identity, **registered, *seen);
        });
}

Status OffChain::lookForPasses(std::stop_token stop)
{
    if (m_options.passesUrl.empty())
        return {};
    const auto epochs = withChain(*m_pool, m_options.network, stop, &epochsWithoutPasses);
    if (!epochs)
        return std::unexpected(epochs.error());
    Status first;
    const auto note = [&first](const Error &error) {
        if (first)
            first = std::unexpected(error);
    };
    for (const std::int64_t epoch : *epochs) {
        const auto text =
            fetch(withEpoch(m_options.passesUrl, m_options.network, epoch), kPassesBytesMax, stop);
        if (!text && text.error().code == ErrorCode::NotFound)
            continue; // not published yet, or never
        const auto passes =
            text ? readPublishedPasses(*text, epoch)
                 : Result<std::vector<PublishedPasses>>(std::unexpected(text.error()));
        if (!passes) {
            note(passes.error());
            continue;
        }
        if (auto saved = withChain(*m_pool, m_options.network, stop,
                                   [&](storage::Connection &connection, ChainId chain) {
                                       return savePublishedPasses(connection, chain, epoch,
                                                                  *passes);
                                   });
            !saved)
            note(saved.error());
    }
    return first;
}

} // namespace chrona::flare
