// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topic_lexicon.h"

namespace chrona::events {
namespace {

constexpr FieldWords kSociety[] = {
    {Field::Technology,
     "technology tech google apple microsoft facebook twitter amazon_web_services intel ibm "
     "oracle cisco nvidia amd qualcomm samsung sony_electronics silicon_valley internet "
     "online_service artificial_intelligence machine_learning robot robots drones "
     "cloud_computing startup_founder supercomputer semiconductor chip chipmaker 3d_printing "
     "search_engine yahoo ebay linkedin snapchat instagram whatsapp pinterest "
     "netflix_streaming tumblr uber airbnb techcrunch cnet wired engadget verge gizmodo "
     "mashable ars_technica zdnet slashgear venturebeat techradar pcworld pcmag "
     "computerworld recode digital_trends ubergizmo virtual_reality self_driving blockchain "
     "quantum_computing openai chatgpt gigaom bgr patent_war web_site websites geek "
     "nanotechnology",
     "digital web computer computing online data electronic device innovation users network "
     "networks engineers social_media site tweet tweets virtual invention wireless blog "
     "platform chips patent machine labs automated developer"},
    {Field::Gadgets,
     "iphone ipad ipod smartphone smartphones galaxy_s5 galaxy_s4 galaxy_note android ios "
     "htc nexus motorola nokia lumia lg_electronics tablet tablets laptop macbook imac "
     "smartwatch smart_watch wearable wearables google_glass apple_watch fitbit chromecast "
     "kindle_fire apple_tv oculus oculus_rift gopro camera_phone blackberry chromebook "
     "ipad_mini handset retina_display moto_x surface_pro windows_phone phablet gadget "
     "gadgets headset android_wear mobile_phone mobile_phones ultrabook fingerprint_scanner "
     "9to5mac macrumors appleinsider phonearena gsmarena droid",
     "phone phones mobile camera screen rumor rumors display specs device pc concept battery "
     "hdtv release_date hands_on review leaked printer sensor keyboard unveiled megapixel"},
    {Field::Software,
     "software app apps windows windows_8 windows_xp linux open_source browser firefox "
     "chrome internet_explorer sdk api developers kit update_rolls beta google_maps gmail "
     "google_drive office_365 app_store google_play operating_system java cloud_storage "
     "dropbox spotify_app skype cortana siri bing microsoft_office windows_10 android_app "
     "ios_7 ios_8 evernote adobe photoshop html5 database server servers salesforce red_hat "
     "unix spyware service_pack google_search source_code programmers youtube_app",
     "app_update feature features version download user code launch upgrade services tool "
     "desktop bug patch cloud messaging email e_mail"},
    {Field::Games,
     "xbox playstation ps4 ps3 nintendo wii video_game video_games halo_2 call_of_duty "
     "gamers gameplay dlc steam xbox_one xbox_360 minecraft battlefield ea_sports ubisoft "
     "activision zelda mario pokemon grand_theft_auto gta_v assassins_creed multiplayer "
     "game_developers gdc e3 gamespot ign kotaku polygon joystiq eurogamer frame_rate "
     "candy_crush flappy_bird sega skyrim dark_souls destiny_beta bungie valve "
     "world_of_warcraft blizzard_entertainment sims fps console consoles gamezone esports "
     "twitch",
     "game gaming player players graphics controller mode maps quest trailer launch_trailer "
     "pre_order"},
    {Field::Security,
     "hacker hackers hacking hacked cyber cyberattack malware ransomware data_breach nsa "
     "surveillance encryption password passwords privacy heartbleed phishing security_flaw "
     "vulnerability botnet spam julian_assange wikileaks cybersecurity identity_theft trojan "
     "worm zero_day denial_of_service antivirus exploit mass_surveillance spying",
     "security breach leak spy leaks secure attack web_security flaw users_data"},
    {Field::Telecom,
     "t_mobile verizon at&t sprint comcast vodafone broadband spectrum fcc net_neutrality "
     "wireless_carrier 4g 5g lte voip time_warner_cable telecom wi_fi wifi dish_network "
     "cell_phone bt_group telecoms telecommunications carrier roaming google_fiber charter "
     "directv cable_operator",
     "network cable mobile carriers wireless merger plans subscribers phone_service"},
    {Field::Cars,
     "gm general_motors toyota honda chrysler tesla car cars recall recalls automaker "
     "automakers auto_show suv hybrid_car electric_car volkswagen bmw mercedes audi nissan "
     "hyundai porsche ferrari jeep pickup_truck airbag airbags nhtsa fiat mazda subaru "
     "chevrolet cadillac lexus lamborghini mustang corvette motor_trend autoblog driverless "
     "jalopnik edmunds sedan dealership",
     "vehicle vehicles auto driver motor truck defect models drivers miles"},
    {Field::Travel,
     "airline airlines airport flight flights passengers transit subway commuters delta "
     "united_airlines american_airlines southwest_airlines ryanair cruise hotel hotels "
     "tourism tourists airfare jetblue hilton marriott heathrow train rail runway",
     "travel plane jet bus rides trip buses trains airways"},
    {Field::Film,
     "movie movies film films box_office actor actress director hollywood oscar oscars "
     "academy_awards golden_globe sequel trailer star_wars marvel disney_film pixar "
     "captain_america spider_man x_men batman superman avengers screenplay cannes sundance "
     "film_festival sci_fi blockbuster rotten_tomatoes dreamworks animated godzilla "
     "hunger_games divergent transformers harry_potter warner_bros paramount lionsgate "
     "biopic documentary screening filmmaker premiere noah cinema thriller muppets spielberg "
     "tarantino scorsese dicaprio brad_pitt angelina_jolie jennifer_lawrence johnny_depp "
     "tom_cruise scarlett_johansson robert_downey george_clooney collider indiewire variety "
     "hollywood_reporter tom_hanks matt_damon ben_affleck studio_ghibli movie_review "
     "film_review reboot",
     "role cast stars scene star roles drama comedy review story horror franchise character "
     "studio fan fans hero dvd"},
    {Field::Music,
     "album song songs single singer rapper band concert tour music musician grammy grammys "
     "billboard rock_band hip_hop pop_star justin_bieber beyonce kanye_west jay_z lady_gaga "
     "katy_perry rihanna one_direction michael_jackson madonna eminem drake coldplay u2 "
     "rolling_stones beatles coachella festival_lineup music_video lyrics guitarist drummer "
     "pitchfork rolling_stone nme mtv vinyl itunes spotify acm_awards country_music "
     "iheartradio kurt_cobain nirvana pharrell selena_gomez shakira britney_spears "
     "bruce_springsteen chris_brown orchestra opera jazz eurovision bonnaroo lorde "
     "iggy_azalea avril_lavigne adele twerk songwriter choir",
     "stage performance performs fans hit track sound artists sings audio debut dance record "
     "rock pop guitar performing hits"},
    {Field::Television,
     "tv_show tv_series season_finale episode episodes abc_family the_bachelor bachelor "
     "bachelorette american_idol dancing_with_the_stars game_of_thrones walking_dead "
     "breaking_bad mad_men saturday_night_live snl jimmy_fallon jimmy_kimmel david_letterman "
     "stephen_colbert tonight_show daily_show hbo netflix sitcom emmy emmys reality_show "
     "reality_tv reality_series true_detective once_upon_a_time greys_anatomy "
     "big_bang_theory how_i_met_your_mother the_voice amc showtime fox_series premiere_recap "
     "recap recaps season_premiere spoilers spoiler sherlock doctor_who downton_abbey dwts "
     "oprah ellen late_night talk_show tvline oprah_winfrey juan_pablo simpsons family_guy "
     "soap_opera broadcast_debut house_of_cards vampire_diaries pretty_little_liars",
     "tv season series show watch finale host viewers television ratings premiere character "
     "cast network fans nbc cbs abc fox debut"},
    {Field::Celebrity,
     "kim_kardashian kardashian kardashians celebrity celebrities bieber gwyneth_paltrow "
     "chris_martin red_carpet paparazzi rehab baby_bump pregnant engaged wedding divorce "
     "dating girlfriend boyfriend kate_middleton prince_william prince_harry royal_baby "
     "gossip tmz perez_hilton us_weekly e_online hollywood_life hollywoodlife "
     "people_magazine contactmusic radar_online nude naked twerking kendall_jenner "
     "khloe_kardashian amanda_bynes charlie_sheen paris_hilton jennifer_aniston "
     "jennifer_lopez kate_moss sofia_vergara supermodel hair_style makeup selfie fashion "
     "vogue met_gala star_says emma_watson drew_barrymore mila_kunis ashton_kutcher "
     "olivia_wilde robin_thicke zap2it celebuzz starpulse entertainment entertainment_weekly "
     "popsugar showbiz hollywood_star",
     "star love baby dress split couple fans actress kiss wears sexy reveals opens_up "
     "confesses hot style daughter son husband wife mom twitter_feud girl birthday married "
     "tattoo model sex"},
    {Field::Sport,
     "nfl nba mlb nhl football soccer baseball basketball hockey cricket rugby tennis golf "
     "olympics olympic world_cup quarterback coach coaches touchdown playoffs premier_league "
     "champions_league innings yankees red_sox lakers super_bowl grand_slam wimbledon "
     "striker goalkeeper midfielder pitcher batsman wicket wickets medal gold_medal marathon "
     "formula_one nascar ryder_cup pga uefa fifa manchester_united arsenal chelsea liverpool "
     "real_madrid barcelona defender home_run astros cardinals dodgers braves mets cowboys "
     "patriots eagles steelers packers colts knicks celtics pistons redskins ncaa bowl_game "
     "usc rookie halftime grand_prix tournament semifinal semifinals quarterfinals espn "
     "test_match wallabies afl batting michael_phelps tiger_woods federer davis_cup heisman "
     "dolphins_coach bronze_medal offside penalty_kick free_agent relay hurdles heavyweight "
     "boxing boxer cyclist tour_de_france",
     "team season game win wins beat victory match league players player coach season_opener "
     "title champion championship cup round score goal goals defeat fans points injury squad "
     "race final finals stadium club scored teams sports sunday saturday lead pitch run runs "
     "rivals trophy draw bowl captain athletes athlete opener champions lineup series inning "
     "racing sprint seed homer"},
    {Field::Living,
     "recipe recipes gardening horoscope school schools teacher students university college "
     "church pope museum archbishop easter christmas st_patricks_day pet pets dogs "
     "wedding_guide lottery teenagers lifestyle catholic bishop parade festival exhibition "
     "novel author bestseller poetry art_gallery powerball",
     "family children home life community book city local council town history education "
     "campus class women girls feminism"},
};

} // namespace

std::span<const FieldWords> societyWords()
{
    return kSociety;
}

} // namespace chrona::events
