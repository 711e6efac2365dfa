// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_desk.h"
#include "handlers.h"

namespace chrona::service {
namespace {

template <class Request> void refuseForNow(ipc::Responder<Request> &responder)
{
    responder.fail({ErrorCode::Unavailable, "this part of the service is not ready", {}});
}

} // namespace

void Handlers::handle(ipc::FlareProvideStatusRequest,
                      Responder<ipc::FlareProvideStatusRequest> responder)
{
    refuseForNow(responder);
}

void Handlers::handle(ipc::FlareProvide, Responder<ipc::FlareProvide> responder)
{
    refuseForNow(responder);
}

void Handlers::handle(ipc::FlareAction, Responder<ipc::FlareAction> responder)
{
    refuseForNow(responder);
}

void Handlers::handle(ipc::FlareSendSigned, Responder<ipc::FlareSendSigned> responder)
{
    refuseForNow(responder);
}

void Handlers::handle(ipc::FtsoEconomicsQuery, Responder<ipc::FtsoEconomicsQuery> responder)
{
    refuseForNow(responder);
}

} // namespace chrona::service
