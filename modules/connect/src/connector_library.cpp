// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/connector_library.h"

#include "chrona/connect/venue_connector.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLibrary>
#include <QPluginLoader>

#include <algorithm>
#include <format>

namespace chrona::connect {
namespace {

using namespace Qt::StringLiterals;

Result<Description> readMetadata(const QPluginLoader &loader)
{
    const QJsonObject about = loader.metaData();
    if (about.isEmpty())
        return fail(ErrorCode::InvalidInput, "it is not a Qt plugin of this Qt version");
    const QString iid = about.value("IID"_L1).toString();
    if (iid != QLatin1StringView(CHRONA_CONNECTOR_IID))
        return fail(ErrorCode::InvalidInput, std::format("it offers \"{}\" and not \"{}\"",
                                                         iid.toStdString(), CHRONA_CONNECTOR_IID));
    const QByteArray json =
        QJsonDocument(about.value("MetaData"_L1).toObject()).toJson(QJsonDocument::Compact);
    return readDescription({json.constData(), static_cast<std::size_t>(json.size())});
}

/// The first thing in which the running code and the metadata that was judged differ.
std::string disagreement(const Description &metadata, const Description &code)
{
    if (metadata.id != code.id)
        return std::format("its id is \"{}\" in the metadata and \"{}\" in the code", metadata.id,
                           code.id);
    if (metadata.kinds != code.kinds)
        return "its kinds differ between the metadata and the code";
    if (metadata.sources.size() != code.sources.size())
        return "its sources differ between the metadata and the code";
    for (std::size_t i = 0; i < metadata.sources.size(); ++i)
        if (metadata.sources[i] != code.sources[i])
            return std::format(
                "the entry of source \"{}\" differs between the metadata and the code",
                metadata.sources[i].key);
    return {};
}

Result<ConnectorLibrary::Entry> loadPlugin(QPluginLoader &loader)
{
    auto description = readMetadata(loader);
    if (!description)
        return std::unexpected(description.error());
    // Asked for before any other code of the plugin runs, and never unloaded: values it made, such
    // as strings in drafts, may outlive the library object in other threads.
    loader.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    auto *connector = qobject_cast<Connector *>(loader.instance());
    if (connector == nullptr)
        return fail(ErrorCode::InvalidInput,
                    "it cannot be loaded: " + loader.errorString().toStdString());
    const auto said = connector->describe();
    if (!said)
        return fail(ErrorCode::InvalidInput, "describe() fails: " + said.error().what);
    if (const auto difference = disagreement(*description, *said); !difference.empty())
        return fail(ErrorCode::InvalidInput, difference);
    const auto *provider = qobject_cast<VenueProvider *>(loader.instance());
    return ConnectorLibrary::Entry{std::move(*description),
                                   connector,
                                   provider != nullptr ? &provider->venue() : nullptr,
                                   qobject_cast<Publisher *>(loader.instance()),
                                   {}};
}

std::string claimedTwice(const std::vector<ConnectorLibrary::Entry> &entries,
                         const Description &description)
{
    for (const auto &entry : entries) {
        if (entry.description.id == description.id)
            return std::format("another plugin is \"{}\" already", description.id);
        for (const auto &taken : entry.description.sources)
            for (const auto &source : description.sources)
                if (taken.key == source.key)
                    return std::format("source \"{}\" belongs to connector \"{}\" already",
                                       source.key, entry.description.id);
    }
    return {};
}

} // namespace

struct ConnectorLibrary::State {
    std::vector<Entry> entries;
    std::vector<Refusal> refusals;
};

ConnectorLibrary::ConnectorLibrary(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ConnectorLibrary::~ConnectorLibrary() = default;

Result<std::unique_ptr<ConnectorLibrary>>
ConnectorLibrary::load(const std::filesystem::path &folder)
{
    const QDir directory(QString::fromStdString(folder.string()));
    if (!directory.isReadable())
        return fail(ErrorCode::NotFound,
                    std::format("the plugins folder {} cannot be read", folder.string()),
                    "build the connectors, or name the folder that holds them");
    auto state = std::make_unique<State>();
    for (const QFileInfo &file : directory.entryInfoList(QDir::Files, QDir::Name)) {
        if (!QLibrary::isLibrary(file.fileName()))
            continue;
        const std::filesystem::path path = file.absoluteFilePath().toStdString();
        QPluginLoader loader(file.absoluteFilePath());
        auto entry = loadPlugin(loader);
        std::string refused =
            entry ? claimedTwice(state->entries, entry->description) : entry.error().what;
        if (!refused.empty()) {
            state->refusals.push_back({path, std::move(refused)});
            continue;
        }
        entry->file = path;
        state->entries.push_back(std::move(*entry));
    }
    std::ranges::sort(state->entries, {}, [](const Entry &entry) { return entry.description.id; });
    return std::unique_ptr<ConnectorLibrary>(new ConnectorLibrary(std::move(state)));
}

const std::vector<ConnectorLibrary::Entry> &ConnectorLibrary::entries() const
{
    return m_state->entries;
}

const std::vector<ConnectorLibrary::Refusal> &ConnectorLibrary::refusals() const
{
    return m_state->refusals;
}

const ConnectorLibrary::Entry *ConnectorLibrary::find(std::string_view connectorId) const
{
    const auto found = std::ranges::find(m_state->entries, connectorId, [](const Entry &entry) {
        return std::string_view(entry.description.id);
    });
    return found == m_state->entries.end() ? nullptr : &*found;
}

} // namespace chrona::connect
