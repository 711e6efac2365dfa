// SPDX-License-Identifier: AGPL-3.0-or-later
#include "handlers.h"

namespace chrona::service {

void Handlers::handle(ipc::CorrectionSave, Responder<ipc::CorrectionSave> responder)
{
    responder.fail({ErrorCode::Unavailable, "corrections are not kept yet"});
}

void Handlers::handle(ipc::CorrectionsRequest, Responder<ipc::CorrectionsRequest> responder)
{
    responder.reply({});
}

void Handlers::handle(ipc::SimilarQuery, Responder<ipc::SimilarQuery> responder)
{
    responder.reply({});
}

} // namespace chrona::service
