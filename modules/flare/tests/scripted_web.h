// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/http_client.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <vector>

namespace chrona::flare {

/// Servers without a socket, by address: what each answers to the next request, until it is told
/// otherwise. One that is held answers when it is let go. Any thread.
class ScriptedWeb {
public:
    void answer(const std::string &url, int status, std::string body)
    {
        const std::scoped_lock lock(m_mutex);
        m_answers[url] = {status, {}, std::move(body)};
    }
    void hold(bool isHeld)
    {
        const std::scoped_lock lock(m_mutex);
        m_isHeld = isHeld;
        m_changed.notify_all();
    }
    /// Addresses and bodies, in order.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> asked() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked;
    }
    [[nodiscard]] int timesAsked(const std::string &url) const
    {
        int times = 0;
        for (const auto &[each, body] : asked())
            times += each == url ? 1 : 0;
        return times;
    }
    [[nodiscard]] std::unique_ptr<net::HttpClient> client()
    {
        return std::move(net::HttpClient::create({.userAgent = "Chrona/test",
                                                  .hostRate = {100'000, 100'000, 8},
                                                  .backoffBase = std::chrono::milliseconds(1),
                                                  .backoffMax = std::chrono::milliseconds(1)},
                                                 std::make_unique<Transport>(*this))
                             .value());
    }

private:
    class Transport final : public net::Transport {
    public:
        explicit Transport(ScriptedWeb &web) : m_web(web) {}
        Result<net::Exchange> send(const net::Request &request, std::stop_token stop) override
        {
            std::unique_lock lock(m_web.m_mutex);
            m_web.m_asked.emplace_back(request.url, request.body.value_or(""));
            if (!m_web.m_changed.wait(lock, stop, [this] { return !m_web.m_isHeld; }))
                return fail(ErrorCode::Cancelled, "stopped");
            const auto known = m_web.m_answers.find(request.url);
            return known == m_web.m_answers.end() ? net::Exchange{404, {}, "not found"}
                                                  : known->second;
        }

    private:
        ScriptedWeb &m_web;
    };
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<std::string, net::Exchange> m_answers;
    std::vector<std::pair<std::string, std::string>> m_asked;
    bool m_isHeld = false;
};

} // namespace chrona::flare
