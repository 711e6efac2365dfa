// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QThreadPool>

#include <functional>

namespace chrona::service {

/// Threads for what must not hold up the main one. Two kinds, so that a long import does not keep a
/// query waiting. Threads end when they have been idle for a while. Any thread.
class Workers {
public:
    enum class Kind { Query, Long };

    Workers()
    {
        m_query.setMaxThreadCount(4);
        m_long.setMaxThreadCount(2);
    }
    /// Waits for what is running; what has not begun is dropped.
    ~Workers() { close(); }

    void run(Kind kind, std::function<void()> work)
    {
        (kind == Kind::Query ? m_query : m_long).start(std::move(work));
    }
    void close()
    {
        for (QThreadPool *pool : {&m_query, &m_long}) {
            pool->clear();
            pool->waitForDone();
        }
    }

private:
    QThreadPool m_query;
    QThreadPool m_long;
};

} // namespace chrona::service
