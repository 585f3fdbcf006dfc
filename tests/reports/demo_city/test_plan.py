"""How large a demonstration city is."""

from datetime import date

from reports.demo_city.plan import CityPlan, bureau_plans


def test_the_whole_city_is_as_large_as_it_is_said_to_be():
    city = CityPlan()
    plans = list(bureau_plans(city))
    assert len(plans) == 42  # and the seeded one
    assert sum(len(plan.divisions) for plan in plans) == 400
    assert (len(city.months), len(city.editions)) == (60, 10)
    assert 1_790_000 < sum(plan.lines for plan in plans) * 60 < 1_810_000
    assert 3_900 < sum(plan.projects for plan in plans) * 10 < 4_100


def test_days_end_with_the_year_of_the_seeded_report():
    city = CityPlan(years=2)
    assert (city.months[0], city.months[1], city.months[-1]) == (
        date(2021, 1, 31),
        date(2021, 2, 28),
        date(2022, 12, 31),
    )
    assert city.editions == [date(2021, 1, 31), date(2021, 8, 31), date(2022, 1, 31), date(2022, 8, 31)]


def test_slugs_of_bureaus():
    assert [plan.slug for plan in bureau_plans(CityPlan(bureaus=3))] == [
        "demonstration-city-001",
        "demonstration-city-002",
    ]
