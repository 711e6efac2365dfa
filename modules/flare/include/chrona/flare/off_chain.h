// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/validators.h"
#include "chrona/storage/pool.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace chrona::flare {

/// What is asked of others than the chain of contracts, on a thread of its own, for nothing of it
/// may hold up a deadline: how the provider's validators stand, each minute; passes, when they are
/// published; and documents that another thread wants. Starts when made, ends when it goes. Any
/// thread.
class OffChain {
public:
    struct Options {
        std::string network;
        std::optional<Address> identity{};
        std::vector<std::string> platforms{}; ///< where the P-chain is asked, the preferred first
        std::string passesUrl{};              ///< with {network} and {epoch}; empty: nowhere
        std::chrono::milliseconds every{60'000};
        std::chrono::milliseconds passesEvery{600'000};
    };
    /// The client must outlive it.
    OffChain(Options options, net::HttpClient &http, std::shared_ptr<storage::Pool> pool);
    ~OffChain();

    /// Never waits. Nothing: it is on its way, ask again. What came, or why nothing did, is told
    /// once; a further question fetches it anew.
    [[nodiscard]] Result<std::optional<std::string>> document(const std::string &url);
    /// Why validators, or passes, are not seen; empty: they are.
    [[nodiscard]] std::string problem() const;

private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    void run(std::stop_token stop);
    void fetchWanted(std::stop_token stop);
    [[nodiscard]] Status lookAtValidators(std::stop_token stop);
    [[nodiscard]] Status lookForPasses(std::stop_token stop);
    [[nodiscard]] Result<std::string> fetch(const std::string &url, std::size_t bytesMax,
                                            std::stop_token stop);

    const Options m_options;
    net::HttpClient &m_http;
    std::shared_ptr<storage::Pool> m_pool;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<std::string, std::optional<Result<std::string>>> m_documents; ///< nothing: wanted
    std::string m_validatorsProblem, m_passesProblem;
    std::jthread m_thread; ///< last: it ends before what it uses
};

/// The address of a reward epoch's document.
[[nodiscard]] std::string withEpoch(std::string url, std::string_view network, std::int64_t epoch);

} // namespace chrona::flare
