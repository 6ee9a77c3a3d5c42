"""What the contract scripts must give by name: 29 tables, 3 triggers, 4 procedures, 5 views and 3 events."""

from repository.schema.base.statements import Item

TABLES = (
    "categories",
    "brands",
    "users",
    "admin_users",
    "products",
    "product_images",
    "product_variants",
    "user_addresses",
    "promos",
    "promo_products",
    "orders",
    "order_items",
    "order_state_history",
    "order_processing_queue",
    "inventory_reservations",
    "order_errors",
    "order_metrics",
    "order_verifications",
    "user_verification_history",
    "trusted_buyers",
    "cart_items",
    "wishlists",
    "product_reviews",
    "notification_queue",
    "inventory_logs",
    "chatbot_replies",
    "chat_logs",
    "shipping_zones",
    "analytics_daily",
)
TRIGGERS = ("after_order_status_update", "after_order_delivered", "after_product_stock_change")
PROCEDURES = (
    "sp_reserve_order_inventory",
    "sp_release_order_inventory",
    "sp_commit_order_inventory",
    "sp_get_order_details",
)
VIEWS = ("vw_orders_detailed", "vw_pending_orders", "vw_inventory_status", "vw_daily_metrics", "vw_customer_ltv")
EVENTS = ("evt_cleanup_expired_reservations", "evt_cleanup_old_queue_items", "evt_update_daily_analytics")

ITEMS: tuple[Item, ...] = (
    *(Item(kind="table", name=name) for name in TABLES),
    *(Item(kind="trigger", name=name) for name in TRIGGERS),
    *(Item(kind="procedure", name=name) for name in PROCEDURES),
    *(Item(kind="view", name=name) for name in VIEWS),
    *(Item(kind="event", name=name) for name in EVENTS),
)
