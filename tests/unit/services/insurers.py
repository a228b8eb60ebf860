"""Companies that insure their workers, as a file of the bundled award."""

CODE = "paritrana-jatim-2024"
ARREARS = 73133.7
HEAD = (
    "id,name,region,sector,annual_sales,workers,registered_participants,active_participants,"
    "jkk_participants,jkm_participants,jht_participants,jp_participants,paid_wages,"
    "reported_wages,months_paid_on_time,arrears,participants_before,contributions,"
    "contributions_before,suppliers,suppliers_registered,vulnerable_workers_paid_for,"
    "sipp_months,app_users"
)


def company(
    number: int, *, active: int, arrears: float = 0.0, before: float = 100, name: str = "PT Contoh"
) -> str:
    """A large company with 100 workers in Surabaya or Sidoarjo."""
    region = "35.78" if number % 2 else "35.15"
    return (
        f"JJ{number:04d},{name} {number},{region},manufacturing,60000,100,{active},{active},"
        f"{active},{active},{active},{active},1000,1000,12,{arrears},50,100,{before},10,5,5,12,10"
    )
