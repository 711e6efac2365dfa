// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/exposure_book.h"

#include "chrona/workspace/session.h"

#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>

namespace chrona::workspace {

class ExposureCommand final : public QUndoCommand {
public:
    ExposureCommand(ExposureBook &book, const QString &text, ExposureBook::Own before,
                    ExposureBook::Own after)
        : QUndoCommand(text), m_book(&book), m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { put(m_before); }
    void redo() override
    {
        // The first redo is the change itself, which has happened.
        if (m_isDone)
            put(m_after);
        m_isDone = true;
    }

private:
    void put(const ExposureBook::Own &own)
    {
        if (m_book)
            m_book->put(own, m_book, [book = m_book](const Status &done) {
                if (!done && book)
                    Q_EMIT book->refused(done.error());
            });
    }

    QPointer<ExposureBook> m_book;
    ExposureBook::Own m_before, m_after;
    bool m_isDone = false;
};

ExposureBook::ExposureBook(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &ExposureBook::refresh);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

const ExposureRule *ExposureBook::find(const std::string &from, const std::string &to) const
{
    const auto found = std::ranges::find_if(
        m_rules, [&](const ExposureRule &rule) { return rule.from == from && rule.to == to; });
    return found == m_rules.end() ? nullptr : &*found;
}

void ExposureBook::refresh()
{
    m_session.request<ipc::ExposuresRequest>(
        {}, this, [this, ticket = ++m_ticket](Result<ipc::ExposuresReply> reply) {
            if (ticket != m_ticket)
                return;
            m_state = reply ? ListState::Ready : ListState::Failed;
            m_problem = reply ? std::nullopt : std::optional(reply.error());
            if (reply)
                m_rules = std::move(reply->rules);
            Q_EMIT changed();
        });
}

ExposureBook::Own ExposureBook::ownOf(const ExposureRule &ends) const
{
    const ExposureRule *known = find(ends.from, ends.to);
    return {ends.from, ends.to, known && known->own ? std::optional(*known) : std::nullopt};
}

void ExposureBook::put(const Own &own, QObject *context, Done done)
{
    // Who asked may be gone by then; the change has happened all the same.
    const auto answered = [this, asker = QPointer(context),
                           done = std::move(done)](const Result<ipc::Done> &reply) {
        refresh();
        if (asker)
            done(reply ? Status() : Status(std::unexpected(reply.error())));
    };
    if (own.rule)
        m_session.request<ipc::ExposureSave>({*own.rule}, this, answered);
    else
        m_session.request<ipc::ExposureRemove>({own.from, own.to}, this, answered);
}

void ExposureBook::change(const QString &text, Own after, QObject *context, Done done)
{
    const Own before = ownOf({.from = after.from, .to = after.to, .weight = 0, .why = {}});
    put(after, this,
        [this, text, before, after, asker = QPointer(context),
         done = std::move(done)](const Status &status) {
            if (status)
                m_session.undoStack().push(new ExposureCommand(*this, text, before, after));
            if (asker)
                done(status);
        });
}

void ExposureBook::save(const ExposureRule &rule, QObject *context, Done done)
{
    ExposureRule own = rule;
    own.own = true;
    change(QStringLiteral("%1 → %2").arg(QString::fromStdString(rule.from),
                                         QString::fromStdString(rule.to)),
           {rule.from, rule.to, own}, context, std::move(done));
}

void ExposureBook::remove(const ExposureRule &rule, QObject *context, Done done)
{
    if (!rule.shipped)
        return restore(rule, context, std::move(done));
    ExposureRule off = rule;
    off.weight = 0;
    save(off, context, std::move(done));
}

void ExposureBook::restore(const ExposureRule &rule, QObject *context, Done done)
{
    change(QStringLiteral("%1 → %2").arg(QString::fromStdString(rule.from),
                                         QString::fromStdString(rule.to)),
           {rule.from, rule.to, std::nullopt}, context, std::move(done));
}

} // namespace chrona::workspace
