// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duties.h"
#include "handlers.h"
#include "network_choice.h"
#include "oracle_pipeline.h"
#include "settings.h"
#include "status_board.h"

namespace chrona::service {
namespace {

/// What could not be used is not kept: the next start would fail on it.
Status setAndApply(Settings &settings, const ipc::Setting &wanted)
{
    const bool isNetwork = wanted.key.starts_with("network.");
    if (isNetwork) {
        net::NetworkSettings network = networkChoice(settings);
        (wanted.key == "network.proxy" ? network.proxy : network.caFile) = wanted.value;
        if (auto sound = net::check(network); !sound)
            return sound;
    }
    if (auto set = settings.set(wanted.key, wanted.value); !set || !isNetwork)
        return set;
    return net::apply(networkChoice(settings));
}

} // namespace

void Handlers::handle(ipc::StatusRequest, Responder<ipc::StatusRequest> responder)
{
    m_parts.status.answer(std::move(responder));
}

void Handlers::handle(ipc::ConfigGet request, Responder<ipc::ConfigGet> responder)
{
    ipc::ConfigReply reply;
    for (Settings::Entry &entry : m_parts.settings.entries())
        if (request.key.empty() || request.key == entry.key)
            reply.settings.push_back({std::move(entry.key), std::move(entry.value)});
    if (reply.settings.empty())
        return responder.fail({ErrorCode::NotFound, "there is no setting " + request.key,
                               "chronactl config get lists them"});
    responder.reply(reply);
}

void Handlers::handle(ipc::ConfigSet request, Responder<ipc::ConfigSet> responder)
{
    if (auto set = setAndApply(m_parts.settings, request.setting); !set)
        return responder.fail(set.error());
    m_parts.duties.settingsChanged();
    m_parts.oracle.reconsider();
    m_parts.status.changed();
    responder.reply({});
}

void Handlers::handle(ipc::Shutdown, Responder<ipc::Shutdown> responder)
{
    responder.reply({});
    m_parts.stopService();
}

} // namespace chrona::service
