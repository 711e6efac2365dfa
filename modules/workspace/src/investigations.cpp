// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/investigations.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/workspace/session.h"

#include <algorithm>
#include <memory>

namespace chrona::workspace {

Investigations::Investigations(Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
    m_files.setMaxThreadCount(1);
    connect(&session, &Session::caseChanged, this, &Investigations::reload);
    connect(&session, &Session::listsOutdated, this, &Investigations::reload);
    if (session.state() == Session::State::Ready)
        reload();
}

Investigations::~Investigations()
{
    m_files.waitForDone();
}

void Investigations::reload()
{
    ipc::CasesRequest request;
    request.withArchived = true;
    request.text = m_words.toStdString();
    request.byMeaning = m_search == Search::Meaning;
    m_session.request(std::move(request), this,
                      [this, ticket = ++m_asked](Result<ipc::CasesReply> reply) {
                          if (ticket != m_asked)
                              return;
                          if (reply) {
                              m_problem.reset();
                              m_loaded = true;
                              m_list = std::move(reply->cases);
                              m_hits = std::move(reply->hits);
                              m_searchedBy = QString::fromStdString(reply->model);
                          } else {
                              m_problem = reply.error();
                          }
                          Q_EMIT listChanged();
                      });
}

void Investigations::search(const QString &words, Search by)
{
    if (words == m_words && by == m_search)
        return;
    m_words = words;
    m_search = by;
    reload();
}

Investigation *Investigations::add(Investigation *investigation)
{
    m_open.push_back(investigation);
    connect(investigation, &Investigation::changed, this, [this, investigation] {
        if (investigation == m_current)
            Q_EMIT currentEdited();
    });
    connect(investigation, &Investigation::stateChanged, this, [this, investigation] {
        if (investigation == m_current)
            Q_EMIT currentEdited();
    });
    Q_EMIT openChanged();
    return investigation;
}

void Investigations::setCurrent(Investigation *investigation)
{
    if (investigation == m_current)
        return;
    m_current = investigation;
    Q_EMIT currentChanged();
}

Investigation *Investigations::show(schema::InvestigationId id)
{
    const auto known = std::ranges::find(m_open, id, &Investigation::id);
    Investigation *investigation =
        known != m_open.end() ? *known : add(new Investigation(m_session, id, this));
    setCurrent(investigation);
    return investigation;
}

Investigation *Investigations::create(const QString &title)
{
    Investigation *made = add(new Investigation(m_session, title, this));
    setCurrent(made);
    return made;
}

bool Investigations::close(schema::InvestigationId id)
{
    const auto known = std::ranges::find(m_open, id, &Investigation::id);
    if (known == m_open.end())
        return true;
    Investigation *investigation = *known;
    // A version of ours that stands aside is nowhere else.
    if (investigation->unsaved() > 0 || !investigation->conflicts().empty())
        return false;
    m_open.erase(known);
    if (investigation == m_current)
        setCurrent(m_open.empty() ? nullptr : m_open.back());
    investigation->deleteLater();
    Q_EMIT openChanged();
    return true;
}

void Investigations::archive(schema::InvestigationId id, bool archived)
{
    m_session.request(ipc::CaseArchive{id, archived}, this, [this](const Result<ipc::Done> &done) {
        if (done)
            return; // the news of it brings the list
        m_problem = done.error();
        Q_EMIT listChanged();
    });
}

std::size_t Investigations::pin(const QString &text, std::vector<schema::PinTarget> targets)
{
    Q_ASSERT(m_current);
    std::vector<schema::CaseItem> items;
    for (schema::PinTarget &target : targets) {
        if (m_current->pinOf(target))
            continue;
        items.push_back(newCaseItem(schema::CaseItemKind::Pin));
        items.back().target = std::move(target);
    }
    const std::size_t count = m_current->isArchived() ? 0 : items.size();
    m_current->change(text, std::move(items));
    return count;
}

void Investigations::exportTo(const QString &path, ExportDone done)
{
    if (!m_current)
        return;
    auto content = std::make_shared<const schema::Investigation>(m_current->content());
    m_files.start([this, path, content, done = std::move(done)] {
        auto written =
            std::make_shared<Result<std::vector<WithheldPin>>>(writeCaseFile(path, *content));
        // The destructor waits for this thread, so `this` still stands.
        QMetaObject::invokeMethod(
            this, [done, written] { done(std::move(*written)); }, Qt::QueuedConnection);
    });
}

RequestHandle Investigations::brief(BriefDone done, BriefSteps steps)
{
    if (!m_current)
        return {};
    Session::ProgressCallback progress;
    if (steps)
        progress = [steps = std::move(steps)](const ipc::Progress &news) {
            steps(news.done, news.total);
        };
    return m_session.request(
        ipc::CaseBriefRequest{m_current->id(), {}}, this,
        [done = std::move(done)](const Result<ipc::BriefingReply> &reply) {
            done(reply.and_then([](const ipc::BriefingReply &made) {
                return formats::readBriefingJson(made.document);
            }));
        },
        std::move(progress));
}

void Investigations::read(const QString &path, ReadDone done)
{
    m_files.start([this, path, done = std::move(done)] {
        auto read = std::make_shared<Result<schema::Investigation>>(readCaseFile(path));
        QMetaObject::invokeMethod(
            this, [done, read] { done(std::move(*read)); }, Qt::QueuedConnection);
    });
}

void Investigations::importFrom(const QString &path, ImportDone done)
{
    m_files.start([this, path, done = std::move(done)] {
        auto read = std::make_shared<Result<schema::Investigation>>(readCaseFile(path));
        QMetaObject::invokeMethod(
            this,
            [this, done, read] {
                if (!*read)
                    return done(std::unexpected(read->error()));
                const schema::InvestigationId id = (*read)->id;
                m_session.request(ipc::CaseImport{std::move(**read)}, this,
                                  [this, done, id](Result<ipc::CaseImportReply> reply) {
                                      if (reply)
                                          show(id);
                                      done(std::move(reply));
                                  });
            },
            Qt::QueuedConnection);
    });
}

} // namespace chrona::workspace
