// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing.h"
#include "chrona/workspace/case_file.h"
#include "chrona/workspace/investigation.h"
#include "chrona/workspace/request_handle.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <optional>
#include <vector>

namespace chrona::workspace {

/// All investigations: the list, those that are open, and the one that new pins go to. Thread rule:
/// UI thread; files are read and written off it. The session must outlive it.
class Investigations : public QObject {
    Q_OBJECT

public:
    Investigations(Session &session, QObject *parent);
    ~Investigations() override;

    /// Changed last first, with archived ones.
    [[nodiscard]] const std::vector<ipc::CaseSummary> &list() const { return m_list; }
    /// Items in which the words of the search stand; the list then holds their investigations only.
    [[nodiscard]] const std::vector<ipc::CaseHit> &hits() const { return m_hits; }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    enum class Search : std::uint8_t { Words, Meaning };
    /// Empty: all.
    void search(const QString &words, Search by = Search::Words);
    /// Whose vectors were compared for what is shown; empty: words were looked for.
    [[nodiscard]] const QString &searchedBy() const { return m_searchedBy; }
    [[nodiscard]] const QString &searchedFor() const { return m_words; }

    /// Those that are open, in the order of opening.
    [[nodiscard]] const std::vector<Investigation *> &open() const { return m_open; }
    /// nullptr: none is open.
    [[nodiscard]] Investigation *current() const { return m_current; }
    /// Opens it where it is not, and makes it the current one.
    Investigation *show(schema::InvestigationId id);
    /// Begins one and makes it the current one.
    Investigation *create(const QString &title);
    /// What is not saved yet keeps it open: false.
    bool close(schema::InvestigationId id);
    void archive(schema::InvestigationId id, bool archived);

    /// Pins to the current one, as one step of that name; there must be one. What is pinned there
    /// already stays one pin. How many are new.
    std::size_t pin(const QString &text, std::vector<schema::PinTarget> targets);

    using ExportDone = std::function<void(Result<std::vector<WithheldPin>>)>;
    /// The current one, saved or not.
    void exportTo(const QString &path, ExportDone done);
    using BriefDone = std::function<void(Result<schema::Briefing>)>;
    using BriefSteps = std::function<void(qint64 done, qint64 total)>;
    /// The newest day's briefing over the current one, as it is saved; there must be one. Cancelled
    /// by the handle, the service ends the work, and `done` hears of that.
    RequestHandle brief(BriefDone done, BriefSteps steps = {});
    using ReadDone = std::function<void(Result<schema::Investigation>)>;
    /// A file, to be looked at; nothing is stored.
    void read(const QString &path, ReadDone done);
    using ImportDone = std::function<void(Result<ipc::CaseImportReply>)>;
    /// Merges a file with what the service has, and shows it.
    void importFrom(const QString &path, ImportDone done);

Q_SIGNALS:
    void listChanged();
    void openChanged();
    void currentChanged();
    /// The current one said something new.
    void currentEdited();

private:
    void reload();
    void setCurrent(Investigation *investigation);
    Investigation *add(Investigation *investigation);

    Session &m_session;
    std::vector<ipc::CaseSummary> m_list;
    std::vector<ipc::CaseHit> m_hits;
    QString m_words, m_searchedBy;
    Search m_search = Search::Words;
    quint64 m_asked = 0; ///< only the answer to the newest question counts
    bool m_loaded = false;
    std::optional<Error> m_problem;
    std::vector<Investigation *> m_open;
    Investigation *m_current = nullptr;
    QThreadPool m_files;
};

} // namespace chrona::workspace
