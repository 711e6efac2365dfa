// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topic_lexicon.h"

namespace chrona::events {
namespace {

constexpr FieldWords kWorld[] = {
    {Field::Sanctions,
     "sanctions embargo asset_freeze ofac blacklist blacklisted travel_ban export_controls "
     "arms_embargo sanctioned frozen_assets no_fly_list entity_list sanctions_relief",
     "oligarch freeze restrictions penalties evasion"},
    {Field::Conflict,
     "war troops airstrike air_strike missile militants insurgents rebels bomb bombing "
     "suicide_bomber car_bomb ceasefire invasion soldiers gunmen taliban al_qaida al_qaeda "
     "isis islamic_state hamas hezbollah militia shelling offensive army battle hostage "
     "hostages terrorist terrorism gaza baghdad fallujah kabul darfur genocide coup "
     "peacekeepers najaf insurgency warplanes drone_strike mortar ambush gunfire "
     "roadside_bomb casualties airstrikes nuclear_test warlord",
     "attack killed military forces killing violence kills explosion blast wounded weapons "
     "clashes fighting strike navy dead hamas fighters crisis iraq iraqi afghanistan syria "
     "palestinian israeli israel sudan chechen pakistan ukraine dies captured kidnapped"},
    {Field::Diplomacy,
     "summit foreign_minister ambassador united_nations un_security_council nato treaty "
     "peace_talks diplomat diplomatic secretary_of_state embassy negotiations bilateral "
     "state_visit peace_deal nuclear_talks security_council iaea kofi_annan un_chief envoy "
     "peace_process six_party_talks g8 g20 g7 european_union accord nonproliferation",
     "talks foreign un relations minister visit agreement eu leaders ties iran korea nuclear "
     "russia china putin kremlin border pact annan asean dialogue"},
    {Field::Politics,
     "election elections president senate congress parliament prime_minister vote voters "
     "democrats republicans senator governor campaign ballot referendum white_house "
     "lawmakers supreme_court impeachment legislation opposition_leader protesters candidate "
     "poll polls cabinet kerry bush obama trump clinton biden merkel labour_party tories "
     "party_leader opposition presidential mayor convention caucus primary gop "
     "immigration_reform coalition inauguration constitution protest electoral chancellor "
     "prime_ministerial dictator",
     "government political party minister law court leader bill judge house ruling policy "
     "rights democracy official officials ministry rally resign resigns debate state reform "
     "nation corruption blair arafat sharon voting activists laws citizens immigration"},
    {Field::Disasters,
     "earthquake hurricane tornado flood floods flooding tsunami typhoon cyclone wildfire "
     "wildfires volcano eruption drought landslide mudslide avalanche blizzard snowstorm "
     "storm evacuated evacuation heat_wave heatwave tropical_storm severe_weather magnitude "
     "quake aftershock noaa weather_service thunderstorm thunderstorms hailstorm bushfire "
     "relief_effort winter_storm storm_surge forecasters richter death_toll "
     "state_of_emergency",
     "weather snow rain winds damage rescue survivors disaster emergency crash fire coast "
     "winter victims missing collapse island heavy_rain ice toll landfall freezing warning "
     "temperatures"},
    {Field::Health,
     "health cancer disease virus flu vaccine vaccination fda drug hospital patients doctors "
     "clinical_trial ebola measles hiv aids diabetes obesity alzheimer alzheimers autism "
     "heart_disease heart_attack stroke blood_pressure outbreak pandemic epidemic cdc "
     "who_says medical medicine medicaid medicare obamacare health_care healthcare marijuana "
     "e_cigarettes smoking mental_health depression breast_cancer surgery surgeon infection "
     "bacteria antibiotics salmonella ecoli west_nile mers sars zika malaria tuberculosis "
     "cholesterol pregnancy abortion dementia prescription pharmaceutical pharma cholera "
     "asthma allergies allergy transplant stem_cells tumor chemotherapy covid coronavirus "
     "influenza nursing nurse sleep_apnea pfizer merck webmd healthday painkiller vitamin "
     "medscape mammogram opioid heroin_overdose dietary calories physicians sperm fertility "
     "healthcaregov plague listeria mosquito",
     "study risk diet researchers treatment patient therapy brain symptoms fat exercise "
     "sugar food kids weight sleep death deaths sick blood heart lung kidney baby babies "
     "birth women teens drink pain salt nutrition clinic care medic prevention pills stress "
     "aging toddlers parents skin exposure drinking test"},
    {Field::Science,
     "scientists nasa space spacecraft mars moon planet asteroid comet galaxy telescope "
     "astronaut astronomers fossil dinosaur species climate_change global_warming physics "
     "physicist big_bang universe archaeologists evolution genome dna space_station spacex "
     "rocket satellite rover lunar solar_system eclipse meteor biology chemistry "
     "neuroscience whales dolphins hubble cern higgs laboratory paleontologists mammoth "
     "coral_reef extinction cassini saturn jupiter titan orbit shuttle black_hole exoplanet "
     "stonehenge nobel_prize national_geographic seismologists",
     "study science research scientist animals discovery earth researchers ancient humans "
     "climate ocean human lab fish birds light species sea discovered stars ice bones cells "
     "experiment gravity sun environment"},
    {Field::Crime,
     "murder arrested police charged sentenced jail prison convicted shooting suspect "
     "robbery stabbing homicide trial lawsuit_alleges guilty pleads fraud indicted "
     "manslaughter court_hears detectives prosecutors kidnapping theft burglary assault "
     "molestation rape",
     "court man accused charges jailed cop judge jury sheriff guilty inquest alleged victim "
     "investigation gun detained sues bail"},
};

} // namespace

std::span<const FieldWords> worldWords()
{
    return kWorld;
}

} // namespace chrona::events
