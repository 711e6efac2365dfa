// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/stored_pages.h"

#include <algorithm>

namespace chrona::workspace {
namespace {

QStringList textsOf(const std::vector<std::string> &texts)
{
    QStringList list;
    list.reserve(static_cast<qsizetype>(texts.size()));
    for (const std::string &text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

} // namespace

StoredPages::StoredPages(Fetch fetch, QObject *parent)
    : QObject(parent), m_fetch(std::move(fetch)), m_pages(kKeptMax)
{
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(0);
    connect(&m_askTimer, &QTimer::timeout, this, &StoredPages::ask);
}

StoredPages::~StoredPages()
{
    clear();
}

void StoredPages::clear()
{
    const auto open = std::exchange(m_open, {});
    for (const Open &one : open)
        one.handle.cancel();
    m_pages.clear();
    m_wanted.clear();
}

const StoredPage *StoredPages::page(int number, const ipc::EventRowsQuery &query)
{
    if (const StoredPage *kept = m_pages.object(number))
        return kept;
    const auto wanted =
        std::ranges::find(m_wanted, number, &std::pair<int, ipc::EventRowsQuery>::first);
    if (wanted == m_wanted.end())
        m_wanted.append({number, query});
    else
        std::rotate(wanted, wanted + 1, m_wanted.end());
    if (m_wanted.size() > kWantedMax)
        m_wanted.removeFirst();
    if (!m_askTimer.isActive())
        m_askTimer.start();
    return nullptr;
}

void StoredPages::ask()
{
    const auto isWanted = [this](int number) {
        return std::ranges::contains(m_wanted, number, &std::pair<int, ipc::EventRowsQuery>::first);
    };
    for (const int number : m_open.keys())
        if (!isWanted(number))
            m_open.take(number).handle.cancel();
    for (auto one = m_wanted.crbegin(); one != m_wanted.crend() && m_open.size() < kOpenMax;
         ++one) {
        const int number = one->first;
        if (m_open.contains(number))
            continue;
        const quint64 ticket = ++m_ticket;
        m_open.insert(number, {ticket, {}});
        RequestHandle handle =
            m_fetch(one->second, [this, number, ticket](Result<ipc::EventRowsReply> reply) {
                take(number, ticket, std::move(reply));
            });
        m_open[number].handle = std::move(handle);
    }
}

void StoredPages::take(int number, quint64 ticket, Result<ipc::EventRowsReply> reply)
{
    const auto open = m_open.constFind(number);
    if (open == m_open.cend() || open->ticket != ticket)
        return; // it was cancelled, and may have been asked for anew
    m_open.erase(open);
    m_wanted.removeIf([number](const auto &wanted) { return wanted.first == number; });
    if (!m_wanted.isEmpty())
        m_askTimer.start();
    if (!reply) {
        Q_EMIT failed(reply.error());
        return;
    }
    auto page = std::make_unique<StoredPage>();
    page->titles = textsOf(reply->titles);
    page->sources = textsOf(reply->sources);
    page->regions = textsOf(reply->regions);
    page->rows = std::move(reply->rows);
    m_pages.insert(number, page.release());
    Q_EMIT arrived(number);
}

} // namespace chrona::workspace
