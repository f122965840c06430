"""`bin/portal up`: everything from the system's packages to the printed address, each step skipped when it is done."""

from __future__ import annotations

from portal_parts import ckan, ports, postgres, solr, system_packages, virtualenv
from portal_parts import instance as whole
from portal_parts.paths import Instance
from portal_parts.say import line, step
from portal_parts.state import locked, make_secrets

__all__ = ["ACCOUNTS", "prepare_databases", "prepare_programs", "up"]

#: Name of the sample account -> who it is.
ACCOUNTS = {
    "chosa": "調査担当（情報政策課） / survey office",
    "kaito": "回答者（原課） / respondent of a department",
    "shonin": "承認者（原課） / approver of a department",
    "shicho": "市町村の担当者 / municipal editor",
    "kenmin": "道民 / citizen",
    "admin": "システム管理者 / system administrator",
}


def prepare_programs(*extras: str) -> None:
    """Install what all instances share: packages, virtual environment, catalogues, Solr."""
    with locked("programs"):
        with step("システムのパッケージ / system packages"):
            system_packages.ensure()
        with step("Python の仮想環境 / virtual environment"):
            virtualenv.ensure(*extras)
            virtualenv.compile_catalogues()
        with step("Solr"):
            solr.ensure_jars()


def prepare_databases(instance: Instance) -> None:
    """Make and migrate the databases."""
    chosen, secrets = ports.load(instance), make_secrets(instance)
    with step("データベース / databases"):
        postgres.ensure_databases(instance, chosen["postgres"], secrets)
        ckan.write_ini(instance, chosen, secrets)
    with step("テーブルの更新 / migrations"):
        ckan.migrate(instance)
        ckan.datastore_permissions(instance, chosen["postgres"], secrets)
        ckan.translate_scripts(instance)


def up(instance: Instance) -> None:
    """Bring the portal up, repairing what is down."""
    prepare_programs("portal")
    with locked(instance.name):
        with step("PostgreSQL, Redis, Solr"):
            whole.start_services(instance)
        prepare_databases(instance)
        with step("サンプル / sample portal"):
            sample = ckan.load_sample(instance, make_secrets(instance))
        with step("ウェブ・ワーカー・時計 / web, worker, clock"):
            whole.start_processes(instance)
    welcome(instance, sample=sample)


def welcome(instance: Instance, *, sample: bool) -> None:
    """Print the address and the sample accounts."""
    line()
    line(f"開いてください / open:  {ckan.public_url(instance, ports.load(instance))}")
    if sample:
        line(f"見本のアカウント / sample accounts（パスワード / password: {make_secrets(instance)['sample']}）")
        for name, role in ACCOUNTS.items():
            line(f"  {name:8} {role}")
