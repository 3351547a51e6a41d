//! Which trades help each other, as lists of our own by the slugs of the built-in vocabulary.

/// Trades that any business can use.
pub(super) const FOR_EVERYBODY: &str = "
accounting advertising bank bookkeeping cleaning coaching commercial-real-estate consulting
corporate-training coworking cybersecurity graphic-design hr-consulting insurance-agency
it-services law-firm marketing-agency payments payroll photography printing public-relations
recruiting security sign-maker staffing tax-preparation translation virtual-assistant web-design
writing
";

/// On each line a trade, and the trades or sectors that it works for in particular.
pub(super) const SERVES: &str = "
alarms-locks: retail property-management accommodation-food
appliance-repair: property-management landlord restaurant
appraisal: real-estate-agency mortgage-broker law-firm bank
architecture: real-estate-developer home-builder general-contractor restaurant school
auto-body: car-dealer insurance-agency trucking
auto-repair: trucking courier taxi car-rental landscaping
bakery: cafe restaurant catering hotel grocery
beverage-maker: restaurant bar-pub grocery cafe
brewery: bar-pub restaurant liquor-store
building-supply: construction
carpentry: remodeling home-builder general-contractor interior-design
carpet-cleaning: property-management hotel landlord vacation-rental
catering: event-planning wedding-planning event-venue corporate-training
civil-engineering: real-estate-developer civil-works local-government
claims-adjuster: insurance-company insurance-agency
cleaning: property-management vacation-rental medical-practice school
clothing-maker: clothing-store online-shop
coffee-roaster: cafe restaurant hotel specialty-food coworking
collections: medical-practice dental-practice lending property-management
contract-packaging: food-producer cosmetics-maker online-shop
courier: florist pharmacy law-firm restaurant medical-lab
cybersecurity: finance health-care law-firm accounting
data-center: saas it-services web-portal
drywall: general-contractor remodeling home-builder restoration
electrical: general-contractor home-builder remodeling property-management solar-installer
engineering: manufacturing construction architecture
equipment-rental: construction landscaping event-planning
equipment-repair: farm manufacturing restaurant construction
escrow: real-estate-agency mortgage-broker
event-planning: business-association professional-association nonprofit corporate-training
event-venue: event-planning wedding-planning business-association corporate-training
excavation: home-builder general-contractor septic pool-builder
facilities: property-management school health-care
farm: restaurant grocery food-producer specialty-food
farm-services: farm orchard livestock
film-production: advertising marketing-agency nonprofit real-estate-agency
financial-planning: medical-practice dental-practice law-firm church
flooring: remodeling home-builder interior-design property-management
florist: wedding-planning funeral-home hotel event-planning restaurant
food-wholesale: accommodation-food grocery
freight-broker: manufacturing wholesale import-export
fundraising: nonprofit foundation school museum church
furniture-maker: furniture-store interior-design hotel restaurant
graphic-design: printing packaging-maker book-publisher marketing-agency
home-inspection: real-estate-agency mortgage-broker
hvac: property-management home-builder general-contractor restaurant school
industrial-supply: manufacturing construction
interior-design: remodeling real-estate-agency hotel restaurant real-estate-developer
landscape-architecture: real-estate-developer landscaping parks-environment
landscaping: property-management homeowners-association real-estate-agency golf-course hotel
laundry: hotel restaurant spa medical-practice
law-firm: real-estate-agency real-estate-developer nonprofit saas
lending: real-estate-developer car-dealer franchisor
logistics: online-shop wholesale manufacturing
machine-shop: machinery vehicle-parts medical-devices brewery
mail-copy-shop: law-firm real-estate-agency online-shop
marketing-agency: real-estate-agency dental-practice fitness hotel saas
medical-lab: medical-practice urgent-care veterinary
medical-office-supply: health-care
medical-transport: senior-living medical-center home-care
metal-fabrication: construction machinery boat-builder
mortgage-broker: real-estate-agency home-builder real-estate-developer
moving: real-estate-agency property-management senior-living self-storage
music: wedding-planning event-planning bar-pub church
notary-title: real-estate-agency mortgage-broker law-firm car-dealer
packaging-maker: food-producer cosmetics-maker online-shop chocolate-candy bakery
painting: real-estate-agency property-management remodeling home-builder
party-rental: wedding-planning event-planning catering
paving-fencing: property-management homeowners-association general-contractor
payments: retail accommodation-food online-shop
pest-control: restaurant property-management hotel food-producer real-estate-agency
pharmacy: senior-living medical-practice home-care
photography: wedding-planning real-estate-agency restaurant online-shop hotel
plant-nursery: landscaping garden-center landscape-architecture
plumbing: property-management home-builder remodeling restaurant real-estate-agency
podcasting: speaking coaching saas
printing: event-planning restaurant nonprofit real-estate-agency marketing-agency book-publisher
private-investigator: law-firm insurance-company
property-management: landlord homeowners-association vacation-rental real-estate-agency
recruiting: manufacturing health-care saas finance
recycling: manufacturing retail construction
renewable-energy: manufacturing farm school
restoration: insurance-agency property-management homeowners-association
roofing: property-management home-builder real-estate-agency homeowners-association insurance-agency
saas: professional-services finance online-shop
self-storage: moving real-estate-agency retail
septic: home-builder campground real-estate-agency
sign-maker: retail accommodation-food real-estate-agency franchisor
software-development: saas finance health-care logistics manufacturing
solar-installer: farm home-builder property-management homeowners-association
speaking: business-association professional-association corporate-training event-planning
staffing: manufacturing logistics accommodation-food construction health-care
steel-erection: general-contractor civil-works
surveying: real-estate-developer civil-engineering notary-title law-firm
tailor: wedding-planning laundry clothing-store
testing-lab: food-producer manufacturing civil-works cosmetics-maker
towing: auto-repair auto-body car-dealer parking-lot
trade-supply: electrical plumbing hvac
translation: import-export law-firm medical-center tour-operator
travel-agency: wedding-planning corporate-training church
tree-care: property-management homeowners-association landscaping insurance-agency
trucking: manufacturing wholesale farm building-supply
upholstery: hotel restaurant furniture-store interior-design
vehicle-parts: auto-parts auto-repair
veterinary: livestock pet-care zoo-garden
vehicle-wholesale: car-dealer
waste-collection: restaurant construction property-management
winery: restaurant liquor-store event-venue catering
woodworking: home-builder remodeling furniture-store
";

/// On each line whom trades have as customers that do not take them from each other, and those
/// trades.
pub(super) const SHARED_CUSTOMERS: &str = "
people who buy or sell a house: real-estate-agency mortgage-broker home-inspection notary-title appraisal escrow moving insurance-agency interior-design self-storage
people with a house to keep up: roofing hvac plumbing electrical painting landscaping siding-windows exterior-cleaning tree-care pest-control solar-installer remodeling pool-builder flooring handyman septic paving-fencing drywall masonry
couples who marry: wedding-planning photography florist catering event-venue bakery jewelry-store hair-salon tailor music party-rental travel-agency limousine
people who begin a business: accounting law-firm bank insurance-agency web-design commercial-real-estate bookkeeping payroll sign-maker coaching graphic-design
people with money to look after: financial-planning tax-preparation law-firm insurance-agency accounting mortgage-broker
families whose parents grow old: home-care senior-living law-firm medical-transport physical-therapy pharmacy moving funeral-home financial-planning
young families: day-care midwifery toy-craft-store sports-school arts-school tutoring dental-practice family-fun photography
people in pain: chiropractic physical-therapy massage medical-practice yoga-pilates fitness natural-health podiatry
people who want to live healthier: fitness nutrition yoga-pilates counseling weight-loss natural-health coaching spa
people with pets: veterinary pet-care pet-store
people with cars: auto-repair auto-body car-wash car-dealer towing auto-parts insurance-agency driving-school
people who go out: restaurant theater-dance cinema taxi hotel bar-pub museum
visitors from elsewhere: hotel tour-operator sightseeing restaurant museum vacation-rental bed-and-breakfast car-rental outdoor-adventure winery
firms that hire: recruiting staffing payroll hr-consulting corporate-training trade-school college
firms that want to be known: marketing-agency web-design graphic-design photography film-production printing public-relations writing podcasting
people who like food from nearby: farm bakery coffee-roaster specialty-food brewery winery chocolate-candy food-truck beekeeping
";

/// The lines of a list: what stands before the colon, and the slugs behind it.
pub(super) fn lines(
    list: &'static str,
) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str> + Clone)> {
    let parts = list.lines().filter_map(|line| line.split_once(": "));
    parts.map(|(of, slugs)| (of, slugs.split(' ')))
}
